package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The body that an item had at some time, kept by us.
 *
 * @param content as it came from the upstream, but for what the policy redacts; shared, not to be changed
 */
public record FormerBody(Facts facts, byte[] content) {

    /** What a body is kept for. */
    public enum Kind {
        /** The last body, from which a restore creates the item anew. */
        SNAPSHOT,
        /** An older body. */
        REVISION
    }

    /**
     * What is known of a body that is to be kept.
     *
     * @param deletionId of the deletion that it is kept for
     * @param actor whose request it is kept for
     * @param contentType as the upstream spelt it
     * @param entityTag the upstream's, where it is a strong one
     * @param caller the {@link CallerMarks mark} of who asked for the deletion that it is kept for
     */
    public record Origin(
            ItemKey key,
            Kind kind,
            Optional<String> deletionId,
            Optional<String> actor,
            Optional<String> contentType,
            Optional<String> entityTag,
            Optional<String> caller) {

        /** A body of which nobody has to be known again. */
        public Origin(
                ItemKey key,
                Kind kind,
                Optional<String> deletionId,
                Optional<String> actor,
                Optional<String> contentType,
                Optional<String> entityTag) {
            this(key, kind, deletionId, actor, contentType, entityTag, Optional.empty());
        }

        /** The same, kept for the request of this caller. */
        Origin markedBy(String mark) {
            return new Origin(key, kind, deletionId, actor, contentType, entityTag, Optional.of(mark));
        }
    }

    /**
     * All about a body but itself.
     *
     * @param number counts from 1 for each item and kind
     * @param time when it was kept, to the millisecond
     * @param size of the content, in bytes
     */
    public record Facts(Origin origin, long number, Instant time, long size) {}
}
