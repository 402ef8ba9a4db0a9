package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The tombstones whose retention has ended, in the order in which it ended, without those on hold and those that wait for
 * another attempt. Works off the event loop; fails with {@link StoreUnavailableException} where the store is down.
 */
public final class PurgeQueue {
    private final StoredTombstones tombstones;
    private final PurgeTable table;

    public PurgeQueue(StoredTombstones tombstones) {
        this.tombstones = tombstones;
        this.table = tombstones.store().purges();
    }

    /**
     * How much there is to purge of a resource.
     *
     * @param due trashed, past their purge time, not on hold; those that wait for another attempt included
     * @param held trashed, past their purge time, and on hold
     * @param waiting due, and waiting for another attempt
     * @param all trashed, with a purge time
     */
    public record Backlog(long due, long held, long waiting, long all) {}

    public Mono<Backlog> backlog(String resource, Instant now) {
        return tombstones.offEventLoop(() -> StoreUnavailableException.unless(() -> table.backlog(resource, now)));
    }

    /** The first of what is due. */
    public Mono<List<Tombstone>> due(Collection<String> resources, Instant now, int limit) {
        return resources.isEmpty() || limit == 0
                ? Mono.just(List.of())
                : tombstones.offEventLoop(
                        () -> StoreUnavailableException.unless(() -> table.due(List.copyOf(resources), now, limit)));
    }

    /**
     * {@code TRASHED} → {@code PURGING}, if it is still the same deletion, still due and not on hold.
     *
     * @return {@link Claim.AlreadyTrashed} where it was trashed anew and is not due
     */
    public Mono<Claim> claim(Tombstone due, Trace trace) {
        return tombstones.claimDue(due, trace);
    }

    /** Tries this item again later, and later still after each further failure: from {@code first} up to {@code most}. */
    public Mono<Void> postpone(ItemKey key, String reason, Instant now, Duration first, Duration most) {
        return tombstones
                .offEventLoop(() -> tombstones.store().write(() -> table.postpone(key, reason, now, first, most)))
                .then();
    }

    /** Forgets failures that are over: the item was purged or restored. */
    public Mono<Void> sweepFailures(Instant before) {
        return tombstones
                .offEventLoop(() -> tombstones.store().write(() -> table.sweepFailures(before)))
                .then();
    }
}
