package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Clock;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Recreations beside the tombstones, in the same database. */
final class StoredRecreations implements Recreations {
    private final StoredTombstones tombstones;
    private final TombstoneStore store;
    private final Clock clock;

    StoredRecreations(StoredTombstones tombstones, Clock clock) {
        this.tombstones = tombstones;
        this.store = tombstones.store();
        this.clock = clock;
    }

    @Override
    public Mono<Void> sending(ItemKey key, String deletionId) {
        return write(() -> store.recreations().put(key, deletionId, clock.instant()));
    }

    @Override
    public Mono<Void> created(ItemKey key, String newId) {
        return write(() -> store.recreations().setNewId(key, newId));
    }

    @Override
    public Mono<Void> refused(ItemKey key) {
        return write(() -> store.recreations().dropOpen(key));
    }

    @Override
    public Mono<Recreation> find(ItemKey key) {
        return tombstones
                .offEventLoop(() -> StoreUnavailableException.unless(
                        () -> store.recreations().find(key)))
                .flatMap(Mono::justOrEmpty);
    }

    private Mono<Void> write(Supplier<Integer> work) {
        return tombstones.offEventLoop(() -> store.write(work)).then();
    }
}
