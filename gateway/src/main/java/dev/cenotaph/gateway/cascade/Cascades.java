package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionTurns;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.tombstone.CascadeLog;
import dev.cenotaph.gateway.tombstone.CascadeSequence;
import dev.cenotaph.gateway.tombstone.CascadeSequence.Kind;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.Permanent.Allow;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The cascades of this process, and those that it adopts. A cascade is durable before its item's marker is written, and
 * works one round after the other until nothing is left; where a round comes to nothing it rests, and is taken up again.
 */
public final class Cascades implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cascades.class);
    private static final int VAIN_ROUNDS = 3;
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final Supplier<PolicySet> policies;
    private final Duration patience;
    private final Duration interval;
    private final InstantSource clock;
    private final ConcurrentMap<Work, CompletableFuture<Progress>> atWork = new ConcurrentHashMap<>();
    private final Thread adopting = Thread.ofVirtual().name("cenotaph-cascades").unstarted(this::adopt);

    /**
     * Cascades, at rest until started or asked for.
     *
     * @param patience how long an answer waits for one
     * @param interval between two looks for those that nobody works on
     */
    public Cascades(
            CascadeLog log,
            Tombstones tombstones,
            OpenClaims openClaims,
            ItemTurns turns,
            RevisionTurns revisionTurns,
            UpstreamClient upstreams,
            Pages pages,
            Supplier<PolicySet> policies,
            Duration patience,
            Duration interval,
            InstantSource clock) {
        var follower = new Follower(tombstones, log, new MarkerProtocols(tombstones), openClaims, turns, revisionTurns);
        this.workshop = new Workshop(log, follower, pages, new Rights(upstreams), new Crew());
        this.policies = policies;
        this.patience = patience;
        this.interval = interval;
        this.clock = clock;
    }

    private record Work(ItemKey top, Kind kind) {}

    /** Goes on with what was left, at once and from then on. */
    public void start() {
        workshop.log().start();
        adopting.start();
    }

    @Override
    public void close() {
        adopting.interrupt();
        workshop.crew().close();
        try {
            workshop.log().abandon();
        } catch (RuntimeException unavailable) {
            LOG.debug("cascades under way are left to run out", unavailable);
        }
    }

    /**
     * Makes it durable that what lies below an item will follow it into the trash. To be called between the item's own
     * intent and its marker.
     *
     * @return false while those that went with it before are still being restored
     */
    public Mono<Boolean> beginTrash(Tombstone pending, ResourcePolicy policy, Trace trace) {
        var sequence =
                new CascadeSequence(pending.key(), pending.deletionId(), Kind.TRASH, true, Optional.empty(), 0, trace);
        return offEventLoop(
                () -> workshop.log().begin(sequence, Trashing.first(policy, pending.key()), clock.instant()));
    }

    /**
     * Makes it durable that what went with an item will come back with it. To be called between the claim of its own
     * restore and the marker.
     *
     * @return false while they are still following it into the trash
     */
    public Mono<Boolean> beginRestore(Tombstone claimed, Trace trace) {
        var sequence = new CascadeSequence(
                claimed.key(), claimed.deletionId(), Kind.RESTORE, true, Optional.empty(), 0, trace);
        return offEventLoop(() -> workshop.log().begin(sequence, List.of(), clock.instant()));
    }

    /** The open cascade of an item, if there is one. */
    public Mono<CascadeSequence> open(ItemKey top, Kind kind) {
        return offEventLoop(() -> workshop.log().find(top))
                .flatMap(Mono::justOrEmpty)
                .filter(sequence -> sequence.open() && sequence.kind() == kind);
    }

    /**
     * Works on the open cascade of an item with a caller's rights, and waits for its end as long as an answer may. Goes on
     * after that.
     *
     * @return how far it came; empty where none of this kind is open
     */
    public Mono<Progress> follow(ItemKey top, Kind kind, CallerUpstream caller) {
        return open(top, kind).flatMap(sequence -> {
            workshop.rights().remember(top, caller);
            return offEventLoop(() -> take(sequence))
                    .flatMap(working -> Mono.fromFuture(working, true))
                    .timeout(patience)
                    .onErrorResume(failure -> {
                        LOG.debug("the cascade of {} goes on", top, failure);
                        return offEventLoop(() -> progress(sequence));
                    });
        });
    }

    /** How far the open cascade of an item is; empty where none is open. */
    public Mono<Progress> progress(ItemKey top, Kind kind) {
        return open(top, kind).flatMap(sequence -> offEventLoop(() -> progress(sequence)));
    }

    /** All that a deletion has in the trash, once nothing is left to do. */
    public Mono<Progress> complete(String deletionId) {
        return offEventLoop(() ->
                new Progress(deletionId, true, Optional.empty(), workshop.log().tombstones(deletionId)));
    }

    /** The policies that cascades go by. */
    public PolicySet policies() {
        return policies.get();
    }

    /**
     * Deletes for good what went with an item, those below before those above; whoever claimed the item for that goes on
     * with it then.
     *
     * @return why it cannot be deleted itself; empty where nothing is left below
     */
    public Mono<Obstruction> deleteBelow(Tombstone claimed, CallerUpstream caller, Trace trace) {
        return offEventLoop(() -> deleteAll(claimed, caller, trace)).flatMap(Mono::justOrEmpty);
    }

    /** What stands in the way of a permanent delete. */
    public sealed interface Obstruction {
        /** A cascade is still under way. */
        record UnderWay() implements Obstruction {}

        /** An item that went with it is on hold. */
        record OnHold(ItemKey key) implements Obstruction {}

        /** An item that went with it may not be deleted for good by clients. */
        record Forbidden(ItemKey key) implements Obstruction {}

        /** An item that went with it could not be deleted; it goes on where it is asked for again. */
        record Failed(String why) implements Obstruction {}
    }

    /** The items that went with one, and are to be purged before it: those below before those above. Blocks. */
    public List<Tombstone> below(Tombstone top) {
        return workshop.log().tombstones(top.deletionId()).stream()
                .filter(tombstone -> !tombstone.key().equals(top.key()))
                .sorted(deepestFirst())
                .toList();
    }

    /** The item with which this one went into the trash, while that is there itself; empty for one that led. Blocks. */
    public Optional<ItemKey> leader(Tombstone tombstone) {
        return workshop.log()
                .findByDeletion(tombstone.deletionId())
                .map(CascadeSequence::top)
                .filter(top -> !top.equals(tombstone.key()))
                .filter(top -> workshop.log()
                        .standing(top)
                        .filter(standing -> standing.deletionId().equals(tombstone.deletionId()))
                        .isPresent());
    }

    /** Whether what lies below an item is still following it. Blocks. */
    public boolean isOpen(ItemKey top) {
        return workshop.log().find(top).filter(CascadeSequence::open).isPresent();
    }

    /** An item was deleted for good, and those that went with it before. */
    public Mono<Boolean> ended(ItemKey top) {
        return offEventLoop(() -> {
            workshop.log().drop(top);
            return true;
        });
    }

    private Optional<Obstruction> deleteAll(Tombstone claimed, CallerUpstream caller, Trace trace) {
        if (isOpen(claimed.key())) {
            return Optional.of(new Obstruction.UnderWay());
        }
        PolicySet set = policies.get();
        List<Tombstone> below = below(claimed);
        for (Tombstone tombstone : below) {
            if (workshop.log().hold(tombstone.key()).isPresent()) {
                return Optional.of(new Obstruction.OnHold(tombstone.key()));
            }
            Optional<ResourcePolicy> policy = set.resource(tombstone.key().resource());
            if (policy.isEmpty() || policy.get().permanent().allow() == Allow.NEVER) {
                return Optional.of(new Obstruction.Forbidden(tombstone.key()));
            }
        }
        for (Tombstone tombstone : below) {
            ResourcePolicy policy = set.resource(tombstone.key().resource()).orElseThrow();
            var item = UpstreamItem.of(policy, tombstone.key(), caller);
            if (workshop.follower().delete(item, tombstone.deletionId(), trace) instanceof Step.Failed failed) {
                return Optional.of(new Obstruction.Failed(
                        tombstone.key().resource() + " " + tombstone.key().id() + ": " + failed.why()));
            }
        }
        return Optional.empty();
    }

    private static Comparator<Tombstone> deepestFirst() {
        return Comparator.comparingInt(
                        (Tombstone tombstone) -> tombstone.key().parents().size())
                .reversed();
    }

    private Progress progress(CascadeSequence sequence) {
        Optional<CascadeSequence> now = workshop.log()
                .find(sequence.top())
                .filter(standing -> standing.open() && standing.kind() == sequence.kind());
        return new Progress(
                sequence.deletionId(),
                now.isEmpty(),
                now.flatMap(CascadeSequence::obstacle),
                workshop.log().tombstones(sequence.deletionId()));
    }

    private CompletableFuture<Progress> take(CascadeSequence sequence) {
        var work = new Work(sequence.top(), sequence.kind());
        CompletableFuture<Progress> working = atWork.get(work);
        if (working != null) {
            return working;
        }
        workshop.log().take(sequence, clock.instant());
        return begin(sequence);
    }

    private CompletableFuture<Progress> begin(CascadeSequence sequence) {
        var work = new Work(sequence.top(), sequence.kind());
        var mine = new CompletableFuture<Progress>();
        CompletableFuture<Progress> earlier = atWork.putIfAbsent(work, mine);
        if (earlier != null) {
            return earlier;
        }
        workshop.crew().begin(() -> work(sequence, work, mine));
        return mine;
    }

    private void work(CascadeSequence sequence, Work work, CompletableFuture<Progress> mine) {
        try {
            work(sequence);
            Progress reached = progress(sequence);
            atWork.remove(work, mine);
            mine.complete(reached);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            mine.cancel(false);
        } catch (RuntimeException failed) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("the cascade of {} broke off, and is taken up again: {}", sequence.top(), failed.toString());
            }
            mine.completeExceptionally(failed);
        } finally {
            atWork.remove(work, mine);
        }
    }

    /** Until nothing is left, or nothing comes of it any more. */
    private void work(CascadeSequence sequence) throws InterruptedException {
        int vain = 0;
        CascadeSequence now = sequence;
        while (workshop.log().keep(now, clock.instant())) {
            Round round = round(now);
            if (round.nothingLeft()) {
                return;
            }
            now = after(now, round);
            vain = round.gotOn() ? 0 : vain + 1;
            if (vain > VAIN_ROUNDS) {
                rest(now);
                return;
            }
            if (vain > 0) {
                Thread.sleep(Duration.ofMillis(50L << vain));
            }
        }
    }

    private static CascadeSequence after(CascadeSequence before, Round round) {
        return new CascadeSequence(
                before.top(),
                before.deletionId(),
                before.kind(),
                true,
                round.obstacle(),
                round.gotOn() ? 0 : before.attempts() + 1,
                before.trace());
    }

    private void rest(CascadeSequence vain) {
        Duration pause = interval.multipliedBy(1L << Math.min(vain.attempts() / VAIN_ROUNDS, 16));
        Instant until = clock.instant().plus(pause.compareTo(LONGEST_REST) < 0 ? pause : LONGEST_REST);
        LOG.warn(
                "the cascade of {} does not get on: {}",
                vain.top(),
                vain.obstacle().orElse(""));
        workshop.log().rest(vain, until);
    }

    private Round round(CascadeSequence sequence) {
        Optional<Tombstone> top = workshop.log()
                .standing(sequence.top())
                .filter(standing -> standing.deletionId().equals(sequence.deletionId()));
        return switch (sequence.kind()) {
            case TRASH -> trash(sequence, top);
            case RESTORE -> restore(sequence, top);
        };
    }

    private Round trash(CascadeSequence sequence, Optional<Tombstone> top) {
        if (top.isEmpty()) {
            return over(() -> workshop.log().drop(sequence), sequence);
        }
        if (top.get().state() != State.TRASHED) {
            return new Round(false, false, Optional.of("another change of the item itself is under way"));
        }
        Round round = new Trashing(workshop, policies.get(), sequence, top.get())
                .round(() -> workshop.log().keep(sequence, clock.instant()));
        return round.nothingLeft() ? over(() -> workshop.log().done(sequence), sequence) : round;
    }

    /** An item that is still in the trash was not restored after all, and what went with it stays there. */
    private Round restore(CascadeSequence sequence, Optional<Tombstone> top) {
        if (top.isPresent()) {
            return top.get().state() == State.TRASHED
                    ? over(() -> workshop.log().done(sequence), sequence)
                    : new Round(false, false, Optional.of("another change of the item itself is under way"));
        }
        Round round = new Restoring(workshop, policies.get(), sequence)
                .round(() -> workshop.log().keep(sequence, clock.instant()));
        return round.nothingLeft() ? over(() -> workshop.log().drop(sequence), sequence) : round;
    }

    private Round over(Runnable end, CascadeSequence sequence) {
        end.run();
        workshop.rights().forget(sequence.top());
        return new Round(true, true, Optional.empty());
    }

    private void adopt() {
        try {
            while (true) {
                lookForAbandoned();
                Thread.sleep(interval);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookForAbandoned() throws InterruptedException {
        try {
            for (CascadeSequence left : workshop.log().adopt(clock.instant())) {
                var unused = begin(left);
            }
        } catch (RuntimeException unavailable) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("cascades that were left could not be looked for: {}", unavailable.toString());
        }
    }

    private <T> Mono<T> offEventLoop(Supplier<T> work) {
        return workshop.crew().call(work);
    }
}
