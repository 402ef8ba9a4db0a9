package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.BodyTable.Row;
import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Bodies beside the tombstones, in the same database. */
final class StoredBodies implements Bodies {
    private final StoredTombstones tombstones;
    private final TombstoneStore store;
    private final BodyTable table;
    private final BodySeal seal;
    private final CallerMarks marks;
    private final Clock clock;

    StoredBodies(StoredTombstones tombstones, BodyKeys keys, Clock clock) {
        this.tombstones = tombstones;
        this.store = tombstones.store();
        this.table = store.bodies();
        this.seal = new BodySeal(keys);
        this.marks = new CallerMarks(keys);
        this.clock = clock;
    }

    @Override
    public Mono<FormerBody> keep(Origin origin, byte[] content) {
        return tombstones.offEventLoop(() -> {
            Facts facts = store.writeInTurn(() -> insert(origin, content));
            FormerBody kept = read(() -> table.find(origin.key(), origin.kind(), facts.number()))
                    .orElseThrow(() -> new BrokenBodyException(facts, "it is not there after it was written"));
            if (!kept.facts().equals(facts) || !Arrays.equals(kept.content(), content)) {
                throw new BrokenBodyException(facts, "it is not what was written");
            }
            return kept;
        });
    }

    @Override
    public Mono<FormerBody> keep(Origin origin, Caller caller, byte[] content) {
        return Mono.defer(() -> keep(origin.markedBy(marks.of(caller)), content));
    }

    @Override
    public Mono<Boolean> isKeptFor(ItemKey key, Kind kind, Caller caller) {
        return list(key, kind, OptionalLong.empty(), 1)
                .map(newest -> newest.stream()
                        .flatMap(facts -> facts.origin().caller().stream())
                        .anyMatch(mark -> marks.isOf(mark, caller)));
    }

    @Override
    public Mono<FormerBody> find(ItemKey key, Kind kind, long number) {
        return optional(() -> table.find(key, kind, number));
    }

    @Override
    public Mono<FormerBody> latest(ItemKey key, Kind kind) {
        return optional(() -> table.latest(key, kind));
    }

    @Override
    public Mono<FormerBody> ofDeletion(ItemKey key, Kind kind, String deletionId) {
        return optional(() -> table.ofDeletion(key, kind, deletionId));
    }

    @Override
    public Mono<List<Facts>> list(ItemKey key, Kind kind, OptionalLong before, int limit) {
        return tombstones.offEventLoop(() ->
                StoreUnavailableException.unless(() -> table.list(key, kind, before.orElse(Long.MAX_VALUE), limit)));
    }

    @Override
    public Mono<Void> drop(ItemKey key, Kind kind, long number) {
        return write(() -> table.drop(key, kind, number));
    }

    @Override
    public Mono<Void> dropAllBut(ItemKey key, Kind kind, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least 1 body is left, not " + count);
        }
        return write(() -> table.dropAllBut(key, kind, count));
    }

    @Override
    public Mono<Void> dropAll(ItemKey key, Kind kind) {
        return write(() -> table.dropAll(key, kind));
    }

    private Facts insert(Origin origin, byte[] content) {
        var facts = new Facts(
                origin,
                table.nextNumber(origin.key(), origin.kind()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                content.length);
        table.insert(facts, seal.seal(facts, content));
        return facts;
    }

    private Optional<FormerBody> read(Supplier<Optional<Row>> row) {
        return StoreUnavailableException.unless(row)
                .map(found -> new FormerBody(found.facts(), seal.open(found.facts(), found.sealed())));
    }

    private Mono<FormerBody> optional(Supplier<Optional<Row>> row) {
        return tombstones.offEventLoop(() -> read(row)).flatMap(Mono::justOrEmpty);
    }

    private Mono<Void> write(Supplier<Integer> work) {
        return tombstones.offEventLoop(() -> store.write(work)).then();
    }
}
