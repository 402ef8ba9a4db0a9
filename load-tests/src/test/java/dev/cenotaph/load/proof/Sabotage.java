package dev.cenotaph.load.proof;

import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A gateway broken on purpose: what the proof must find, or it proves nothing. */
enum Sabotage {
    NONE,
    /** Deletes are acknowledged first and recorded later. */
    LATE_RECORD,
    /** What a crash left open stays open. */
    NO_RECOVERY;

    private static final Duration LATE = Duration.ofSeconds(8);
    private static final long NEVER_GIVEN = -1;

    /** What takes the place of a step of the tombstones. */
    Mono<?> of(Tombstones tombstones, String step, Object[] arguments, Mono<?> done) {
        return switch (this) {
            case NONE -> done;
            case NO_RECOVERY -> step.equals("abandoned") ? Mono.just(List.of()) : done;
            case LATE_RECORD -> late(tombstones, step, arguments, done);
        };
    }

    private static Mono<?> late(Tombstones tombstones, String step, Object[] arguments, Mono<?> done) {
        if (step.equals("begin")) {
            Deletion deletion = (Deletion) arguments[0];
            return Mono.fromSupplier(() -> {
                recordLater(tombstones, deletion, done);
                return new Claim.Granted(pending(deletion));
            });
        }
        if (step.equals("commit") && ((Tombstone) arguments[0]).revision() == NEVER_GIVEN) {
            return Mono.just(trashed((Tombstone) arguments[0]));
        }
        return done;
    }

    private static void recordLater(Tombstones tombstones, Deletion deletion, Mono<?> begin) {
        Mono.delay(LATE, Schedulers.parallel())
                .then(begin)
                .ofType(Claim.Granted.class)
                .flatMap(granted -> tombstones.commit(granted.tombstone(), deletion.trace()))
                .subscribe(recorded -> {}, failure -> {});
    }

    private static Tombstone pending(Deletion deletion) {
        return new Tombstone(
                deletion.key(),
                Tombstone.State.PENDING,
                deletion.deleteTime(),
                deletion.purgeTime(),
                deletion.deletionId(),
                deletion.trace().actor(),
                deletion.former(),
                NEVER_GIVEN,
                NEVER_GIVEN);
    }

    private static Tombstone trashed(Tombstone pending) {
        return new Tombstone(
                pending.key(),
                Tombstone.State.TRASHED,
                pending.deleteTime(),
                pending.purgeTime(),
                pending.deletionId(),
                pending.actor(),
                pending.former(),
                NEVER_GIVEN,
                NEVER_GIVEN);
    }
}
