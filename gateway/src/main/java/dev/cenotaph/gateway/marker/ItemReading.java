package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.policy.marker.MarkerReading;
import java.util.Optional;

/** What a read of an item at the upstream showed. */
public sealed interface ItemReading {

    /**
     * It is there.
     *
     * @param marker never hidden: a whole item without a marker is live
     * @param answer the upstream's answer to the read of the item
     * @param former what a restore has to write back; empty where the item is trashed already
     */
    record Found(MarkerReading marker, UpstreamAnswer answer, Optional<String> former) implements ItemReading {
        public boolean isTrashed() {
            return marker instanceof MarkerReading.Trashed;
        }
    }

    /** It is not there. */
    record Missing(UpstreamAnswer answer) implements ItemReading {}

    /** The upstream would not show it. */
    record Unreadable(UpstreamAnswer answer) implements ItemReading {}
}
