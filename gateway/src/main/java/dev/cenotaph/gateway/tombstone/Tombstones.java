package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.unique.KeyValue;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * What is trashed: the one door to index and store. {@link #isTrashed} answers from memory and never blocks; all that
 * returns a {@link Mono} works off the event loop, and fails with {@link StoreUnavailableException} where the store is
 * needed and down.
 *
 * <p>A change goes in two steps: a claim ({@link #begin}, {@link #claim}) is durable before the upstream is touched;
 * then it is settled ({@link #commit}, {@link #release}, {@link #forget}). Whoever settles names the version that it was
 * granted.
 */
public interface Tombstones {

    /** Whether a gone answer is due; from memory. */
    boolean isTrashed(ItemKey key);

    /** Whether the resource has any trashed item; from memory. */
    boolean anyTrashed(String resource);

    /**
     * Whether {@link #isTrashed} can be relied on: memory held the changes of all replicas at some moment within the last
     * seconds (a setting). Where it is false, memory may be wrong in both directions, and only the upstream can tell. Always
     * true where one process alone uses the store.
     */
    boolean isCurrent();

    /**
     * The present moment in the order of changes. What an upstream answered to a request that was sent after this moment
     * is at least as new as every change before it.
     */
    long observe();

    /** Whether a trashed item's state changed after a moment; true as well where memory cannot tell. */
    boolean changedSince(long observed, ItemKey key);

    /** The tombstone of a trashed item; empty where it is live or its deletion is pending. */
    Mono<Tombstone> find(ItemKey key);

    /** Records the durable intent to trash. A pending intent whose lease has run out is taken over, with its former value. */
    Mono<Claim> begin(Deletion deletion);

    /**
     * {@code PENDING} → {@code TRASHED}, from here on the item is gone. Where somebody else has settled the same deletion
     * so, nothing is left to do.
     */
    Mono<Tombstone> commit(Tombstone pending, Trace trace);

    /**
     * {@code TRASHED} → {@code RESTORING} or, where no hold stands, {@code PURGING}.
     *
     * @param next the state to claim
     */
    Mono<Claim> claim(ItemKey key, Tombstone.State next, Trace trace);

    /**
     * Ends the work on a claim. While it lasts the claim's lease is renewed; what is still open then is for whoever
     * settles {@link #abandoned} claims once the lease has run out: a write without an answer may arrive until then.
     *
     * @return whether the claim is still open, as far as this process knows
     */
    boolean leave(Tombstone claimed);

    /**
     * Claims that nobody works on any more, in the order of their revisions: their process ended, lost the store, or
     * {@linkplain #leave left} them. Who settles one names it as it is given here, and fails with
     * {@link StaleClaimException} where another was faster.
     *
     * @param afterRevision 0 for the first ones
     */
    Mono<List<Tombstone>> abandoned(long afterRevision, int limit);

    /** The claim on one item, where nobody works on it any more; empty where there is none, or somebody does. */
    Mono<Tombstone> abandoned(ItemKey key);

    /** {@code PENDING} → none, {@code RESTORING} or {@code PURGING} → {@code TRASHED}: the upstream did not change. */
    Mono<Void> release(Tombstone claimed, String reason, Trace trace);

    /** {@code RESTORING} or {@code PURGING} → none. */
    Mono<Void> forget(Tombstone claimed, Trace trace);

    /** {@code RESTORING} or {@code PURGING} → none, for a reason that the audit names. */
    Mono<Void> forget(Tombstone claimed, String reason, Trace trace);

    /** An item without a tombstone was deleted for good at the upstream: leaves the audit line. */
    Mono<Void> recordDeleted(ItemKey key, String outcome, Trace trace);

    /**
     * Believes an upstream that showed the item trashed, unless the item's state changed after {@code observed}.
     *
     * @return the tombstone that stands now, empty where the item's state changed meanwhile
     */
    Mono<Tombstone> learnTrashed(long observed, Deletion deletion);

    /** Believes an upstream that showed the item live, unless the item's state changed after {@code observed}. */
    Mono<Void> learnLive(long observed, ItemKey key, Trace trace);

    /** The tombstones of trashed items in a collection that hold one of these values at a unique key, in their order. */
    Mono<List<Tombstone>> holders(String resource, List<String> parents, List<KeyValue> values);

    /**
     * A page of the trash of one collection, newest first.
     *
     * @param parents the parents' ids
     * @param size at least 1
     * @param token from {@link TombstonePage#next}; empty for the first page
     * @throws IllegalArgumentException (as an error signal) if the token is none of ours
     */
    Mono<TombstonePage> page(String resource, List<String> parents, int size, Optional<String> token);

    /**
     * How many items of a collection are trashed; empty where that is not known for certain: nothing has read the whole
     * list ({@link Rebuilds}), an item is being purged just now, or {@link #isCurrent} is false.
     *
     * @param parents the parents' ids
     */
    Mono<Long> count(String resource, List<String> parents);

    /** Changes of many items that are on their way; kept in the same store. */
    ManyJobs manyJobs();

    /** What requests were answered the first time; kept in the same store. */
    FirstAnswers firstAnswers();

    /** Former bodies of items; kept in the same store. */
    Bodies bodies();

    /** What restores from snapshots sent; kept in the same store. */
    Recreations recreations();
}
