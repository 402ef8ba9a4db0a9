package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Recreations beside the tombstones, in the same database. */
final class StoredRecreations implements Recreations {
    private final StoredTombstones tombstones;
    private final TombstoneStore store;
    private final TombstoneMemory memory;
    private final Clock clock;

    StoredRecreations(StoredTombstones tombstones, TombstoneMemory memory, Clock clock) {
        this.memory = memory;
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
    public Mono<String> newId(ItemKey key) {
        return Mono.defer(() -> {
            Optional<Optional<String>> known = tombstones.isCurrent() ? memory.newId(key) : Optional.empty();
            return known.map(Mono::justOrEmpty).orElseGet(() -> readNewId(key));
        });
    }

    private Mono<String> readNewId(ItemKey key) {
        long before = memory.revision();
        return find(key)
                .map(Recreation::newId)
                .defaultIfEmpty(Optional.empty())
                .doOnNext(newId -> memory.keepNewId(key, newId, before))
                .flatMap(Mono::justOrEmpty);
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
