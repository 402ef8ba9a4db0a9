package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Reads and writes the marker of one resource at its upstream. Every call fails with
 * {@link dev.cenotaph.gateway.upstream.UpstreamException} where there was no answer.
 */
public sealed interface MarkerProtocol permits InItemProtocol, SubResourceProtocol, SnapshotProtocol {

    /** Whether a soft delete has to read the item first, whatever the policy's {@code exists} says. */
    boolean readsFirst();

    /** Reads the item and its marker. */
    Mono<ItemReading> read(UpstreamItem item);

    /**
     * Sets the marker. Fails with {@link UntouchedException} where it will not.
     *
     * @param found the item as read just before; present at least where {@link #readsFirst}
     * @param pending the durable intent
     * @return the upstream's answer, whatever its status
     */
    Mono<UpstreamAnswer> trash(UpstreamItem item, Optional<ItemReading.Found> found, Tombstone pending);

    /**
     * Clears the marker. Fails with {@link UntouchedException} where it will not.
     *
     * @param former what stood there before; empty where nobody knows
     * @return the upstream's answer, whatever its status; empty where the live value cannot be known
     */
    Mono<UpstreamAnswer> restore(UpstreamItem item, ItemReading.Found found, Optional<String> former);

    /** What the answer to a write shows of the marker. */
    MarkerReading readAnswer(UpstreamAnswer answer);

    /** Whether a trashed item lies with us alone, and the upstream has nothing of it. */
    default boolean keepsItem() {
        return false;
    }

    /** Whether a write that was answered so may take effect later. */
    default boolean mayComeLater(UpstreamAnswer answer) {
        return false;
    }

    /** What a restore that was answered so created; empty where it brought back the item itself. */
    default Optional<Recreated> recreated(UpstreamItem item, UpstreamAnswer answer) {
        return Optional.empty();
    }

    /**
     * An item that a restore created anew in the collection.
     *
     * @param newId its id; empty where the upstream did not tell
     */
    record Recreated(Optional<String> newId) {}

    /** The codec of a marker inside the item; empty for a marker outside of it. */
    Optional<MarkerCodec> codec();
}
