package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.unique.KeyValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A soft delete that is to be recorded. The times and the former value are those of {@link Tombstone}.
 *
 * @param values what the item holds at its unique keys, as far as that is known
 */
public record Deletion(
        ItemKey key,
        Instant deleteTime,
        Optional<Instant> purgeTime,
        String deletionId,
        Optional<String> former,
        Trace trace,
        List<KeyValue> values) {
    public Deletion {
        values = List.copyOf(values);
    }

    /** A deletion of an item whose unique values nobody knows. */
    public Deletion(
            ItemKey key,
            Instant deleteTime,
            Optional<Instant> purgeTime,
            String deletionId,
            Optional<String> former,
            Trace trace) {
        this(key, deleteTime, purgeTime, deletionId, former, trace, List.of());
    }

    /** The same, of an item that holds these values at its unique keys. */
    public Deletion of(List<KeyValue> held) {
        return new Deletion(key, deleteTime, purgeTime, deletionId, former, trace, held);
    }

    /**
     * What an upstream shows trashed that we did not trash. Retention counts from now, whatever an old marker says: what was
     * trashed long ago is not purged at once.
     *
     * @param since when it was trashed, where the marker tells
     */
    public static Deletion seen(ResourcePolicy policy, ItemKey key, Optional<Instant> since, Instant now, Trace trace) {
        return new Deletion(
                key, since.orElse(now), policy.purgeTime(now), UUID.randomUUID().toString(), Optional.empty(), trace);
    }
}
