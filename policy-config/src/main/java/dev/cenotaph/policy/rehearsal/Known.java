package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What the gateway knows of an item in the trash.
 *
 * @param former what stood at the marker's place before; empty where nobody knows
 */
public record Known(
        ItemKey key, Instant deleteTime, Optional<Instant> purgeTime, String deletionId, Optional<String> former) {}
