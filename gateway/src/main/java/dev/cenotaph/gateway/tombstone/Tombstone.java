package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Our record that an item is trashed.
 *
 * @param deleteTime when it was trashed, to the millisecond; never changes
 * @param purgeTime when retention ends; empty for never
 * @param deletionId names this deletion; children that follow their parent share it
 * @param actor who trashed it, where that is known
 * @param former what the marker codec needs to restore it, opaque here; empty where nobody knows it
 * @param version counts the changes of this tombstone; every change names the version that it expects
 * @param revision when it changed last, in the store's own monotonic count over all tombstones
 */
public record Tombstone(
        ItemKey key,
        State state,
        Instant deleteTime,
        Optional<Instant> purgeTime,
        String deletionId,
        Optional<String> actor,
        Optional<String> former,
        long version,
        long revision) {

    /** Where a tombstone stands. */
    public enum State {
        /** A durable intent: the upstream may or may not have the marker yet. Never answers gone. */
        PENDING,
        /** The marker is verified. */
        TRASHED,
        /** A restore is under way; still gone. */
        RESTORING,
        /** A permanent delete or a purge is under way; still gone. */
        PURGING
    }
}
