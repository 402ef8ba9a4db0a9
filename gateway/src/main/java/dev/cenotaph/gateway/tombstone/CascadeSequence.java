package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;

/**
 * How far the items below one item have followed it.
 *
 * @param top the item that they follow
 * @param deletionId that all of them share
 * @param open whether something is left to do
 * @param obstacle why it did not get on, the last time, in words for a person
 * @param attempts how often it did not, since it last did
 * @param trace whose doing it is
 */
public record CascadeSequence(
        ItemKey top,
        String deletionId,
        Kind kind,
        boolean open,
        Optional<String> obstacle,
        long attempts,
        Trace trace) {

    /** What the items follow the one at the top into. */
    public enum Kind {
        /** The trash. */
        TRASH,
        /** Life. */
        RESTORE
    }
}
