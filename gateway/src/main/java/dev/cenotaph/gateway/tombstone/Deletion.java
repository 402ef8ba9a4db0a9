package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A soft delete that is to be recorded. The times and the former value are those of {@link Tombstone}. */
public record Deletion(
        ItemKey key,
        Instant deleteTime,
        Optional<Instant> purgeTime,
        String deletionId,
        Optional<String> former,
        Trace trace) {

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
