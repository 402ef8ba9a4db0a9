package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Reads and writes the marker of one resource at its upstream. Every call fails with
 * {@link dev.cenotaph.gateway.upstream.UpstreamException} where there was no answer.
 */
public sealed interface MarkerProtocol permits InItemProtocol, SubResourceProtocol {

    /** Whether a soft delete has to read the item first, whatever the policy's {@code exists} says. */
    boolean readsFirst();

    /** Reads the item and its marker. */
    Mono<ItemReading> read(UpstreamItem item);

    /**
     * Sets the marker.
     *
     * @param found the item as read just before; present at least where {@link #readsFirst}
     * @return the upstream's answer, whatever its status
     */
    Mono<UpstreamAnswer> trash(UpstreamItem item, Optional<ItemReading.Found> found, Instant deleteTime);

    /**
     * Clears the marker.
     *
     * @param former what stood there before; empty where nobody knows
     * @return the upstream's answer, whatever its status; empty where the live value cannot be known
     */
    Mono<UpstreamAnswer> restore(UpstreamItem item, ItemReading.Found found, Optional<String> former);

    /** What the answer to a write shows of the marker. */
    MarkerReading readAnswer(UpstreamAnswer answer);

    /** The codec of a marker inside the item; empty for a marker outside of it. */
    Optional<MarkerCodec> codec();
}
