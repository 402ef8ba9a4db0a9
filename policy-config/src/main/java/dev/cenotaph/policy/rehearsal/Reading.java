package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.marker.MarkerReading;
import java.util.Optional;

/** What a read of an item at the upstream showed. */
sealed interface Reading {
    Reply answer();

    /**
     * It is there.
     *
     * @param former what a restore has to write back; empty where the item is trashed already
     */
    record Found(MarkerReading marker, Reply answer, Optional<String> former) implements Reading {
        boolean isTrashed() {
            return marker instanceof MarkerReading.Trashed;
        }
    }

    /** It is not there. */
    record Missing(Reply answer) implements Reading {}

    /** The upstream would not show it. */
    record Unreadable(Reply answer) implements Reading {}
}
