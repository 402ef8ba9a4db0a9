package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/** A soft delete that is to be recorded. The times and the former value are those of {@link Tombstone}. */
public record Deletion(
        ItemKey key,
        Instant deleteTime,
        Optional<Instant> purgeTime,
        String deletionId,
        Optional<String> former,
        Trace trace) {}
