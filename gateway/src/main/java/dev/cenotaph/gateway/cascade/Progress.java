package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.tombstone.Tombstone;
import java.util.List;
import java.util.Optional;

/**
 * How far a cascade has come.
 *
 * @param complete whether nothing is left to do
 * @param obstacle why it does not get on, in words for a person
 * @param trashed what its deletion has in the trash
 */
public record Progress(String deletionId, boolean complete, Optional<String> obstacle, List<Tombstone> trashed) {
    public Progress {
        trashed = List.copyOf(trashed);
    }
}
