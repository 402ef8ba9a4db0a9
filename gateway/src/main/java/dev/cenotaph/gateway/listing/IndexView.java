package dev.cenotaph.gateway.listing;

import java.time.Instant;
import java.util.Optional;

/** The tombstone index as one list answer sees it: ids stand for items of one collection. Answers from memory. */
public interface IndexView {

    /** Whether the item is trashed, for all we know. */
    boolean isTrashed(String id);

    /**
     * The answer showed this item trashed.
     *
     * @param since when, where the marker tells
     */
    void sawTrashed(String id, Optional<Instant> since);

    /** Whether {@link #sawLive} may be left out for now, since no item here is trashed for all we know. */
    default boolean expectsLive() {
        return false;
    }

    /**
     * The answer showed this item live.
     *
     * @return whether it is trashed all the same, because the answer is older than the deletion
     */
    boolean sawLive(String id);
}
