package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The holds in the store. Works off the event loop; fails with {@link StoreUnavailableException} where the store is down. */
public final class Holds {
    private final StoredTombstones tombstones;
    private final PurgeTable table;

    public Holds(StoredTombstones tombstones) {
        this.tombstones = tombstones;
        this.table = tombstones.store().purges();
    }

    /**
     * Sets a hold, in place of one that stands already.
     *
     * @return empty where the item is being deleted for good at this moment, so that the hold may come too late
     */
    public Mono<Hold> set(ItemKey key, String reason, Trace trace) {
        return optional(() -> tombstones.store().note("HOLD", key, Optional.of(reason), trace, (standing, now) -> {
            if (standing instanceof Standing.Held held
                    && held.tombstone().state() == Tombstone.State.PURGING
                    && held.leased(now)) {
                return Optional.empty();
            }
            Hold hold = new Hold(key, reason, trace.actor(), now);
            table.set(hold, trace.requestId());
            return Optional.of(hold);
        }));
    }

    /** Lifts a hold; empty where none stood. */
    public Mono<Hold> lift(ItemKey key, Trace trace) {
        return optional(() -> tombstones.store().note("LIFT_HOLD", key, Optional.empty(), trace, (standing, now) -> {
            Optional<Hold> lifted = table.hold(key);
            lifted.ifPresent(hold -> table.lift(key));
            return lifted;
        }));
    }

    /** The hold of an item. */
    public Mono<Hold> find(ItemKey key) {
        return optional(() -> StoreUnavailableException.unless(() -> table.findHold(key)));
    }

    /** The holds of a resource in the order of their keys, the first so many of them. */
    public Mono<List<Hold>> list(String resource, int limit) {
        return tombstones.offEventLoop(() -> StoreUnavailableException.unless(() -> table.holds(resource, limit)));
    }

    private <T> Mono<T> optional(java.util.function.Supplier<Optional<T>> work) {
        return tombstones.offEventLoop(work).flatMap(Mono::justOrEmpty);
    }
}
