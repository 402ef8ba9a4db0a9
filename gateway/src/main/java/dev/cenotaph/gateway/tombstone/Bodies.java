package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Mono;

/**
 * Former bodies of items, durable, and encrypted where there is a key. Works off the event loop; everything fails with
 * {@link StoreUnavailableException} where the store is down, and what reads a content with {@link BrokenBodyException}
 * where that is not what was kept.
 */
public interface Bodies {

    /**
     * Keeps a body under the next number of its item and kind. What comes back was read again from the store, after it was
     * written.
     */
    Mono<FormerBody> keep(Origin origin, byte[] content);

    /**
     * The same for somebody's request, who is to be known again.
     *
     * @param caller whose mark is kept beside it
     */
    Mono<FormerBody> keep(Origin origin, Caller caller, byte[] content);

    /** Whether the newest body was kept for this caller's request; {@code false} where there is none, or nobody knows. */
    Mono<Boolean> isKeptFor(ItemKey key, Kind kind, Caller caller);

    /** One body; empty where there is none of that number. */
    Mono<FormerBody> find(ItemKey key, Kind kind, long number);

    /** The newest body; empty where there is none. */
    Mono<FormerBody> latest(ItemKey key, Kind kind);

    /** The body that was kept for one deletion; empty where there is none. */
    Mono<FormerBody> ofDeletion(ItemKey key, Kind kind, String deletionId);

    /**
     * What is known of an item's bodies, the newest first.
     *
     * @param before only those with a smaller number; empty for the first page
     */
    Mono<List<Facts>> list(ItemKey key, Kind kind, OptionalLong before, int limit);

    /** Drops one body. */
    Mono<Void> drop(ItemKey key, Kind kind, long number);

    /**
     * Drops all but the newest.
     *
     * @param count how many are left, at least 1
     */
    Mono<Void> dropAllBut(ItemKey key, Kind kind, int count);

    /** Drops all bodies of an item. */
    Mono<Void> dropAll(ItemKey key, Kind kind);

    /** Drops the revisions of an item that was deleted for good, so that no other under its id inherits them. */
    default Mono<Void> dropRevisions(ResourcePolicy policy, ItemKey key) {
        return policy.revisions().isEmpty() ? Mono.empty() : dropAll(key, Kind.REVISION);
    }
}
