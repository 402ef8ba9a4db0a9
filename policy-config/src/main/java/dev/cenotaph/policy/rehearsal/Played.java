package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Tombstones that a rehearsal makes. */
final class Played {
    private Played() {}

    /**
     * The tombstone of an item that is trashed now.
     *
     * @param since when the marker says that it was
     */
    static Known tombstone(ResourcePolicy policy, ItemKey key, Instant since, Instant now) {
        String name = key.resource() + "/" + key.parents() + "/" + key.id();
        String id =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return new Known(key, since, policy.purgeTime(now), id, Optional.empty());
    }
}
