package dev.cenotaph.policy.marker;

import java.time.Instant;
import java.util.Optional;

/** What an item's marker says. */
public sealed interface MarkerReading {

    /** The marker is there and says live. */
    record Live() implements MarkerReading {}

    /** The marker cannot be seen: its member is absent. A whole item is live then; a brief one tells nothing. */
    record Hidden() implements MarkerReading {}

    /**
     * The marker says trashed.
     *
     * @param since when, where the marker tells
     */
    record Trashed(Optional<Instant> since) implements MarkerReading {}
}
