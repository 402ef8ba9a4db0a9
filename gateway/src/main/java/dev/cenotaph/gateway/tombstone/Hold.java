package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps an item from being deleted for good, by a purge or by a client, for as long as it stands.
 *
 * @param reason why, in the words of who set it
 * @param actor who set it, where that is known
 */
public record Hold(ItemKey key, String reason, Optional<String> actor, Instant since) {}
