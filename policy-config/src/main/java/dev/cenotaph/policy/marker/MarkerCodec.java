package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads and writes a marker that sits inside the item. Pure: it never calls the upstream.
 *
 * <p>A <em>document</em> is the whole body of a one-item answer, the policy's {@code wrap} around the item included; a
 * <em>row</em> is an item as it stands in a list.
 *
 * <p>A <em>former value</em> is what a restore has to write back: the JSON text that stood at the marker's place before
 * the soft delete, or {@link #ABSENT} where the member was absent.
 */
public interface MarkerCodec {

    /** The former value of a marker whose member was absent. */
    String ABSENT = "";

    /** Where the marker stands in a row. */
    Place place();

    /** Reads what stands at {@link #place} in a row. Where nothing stands, the marker is hidden. */
    MarkerReading readValue(JsonSpan value);

    /** Reads the marker of a document. A body that is not JSON, or has no item at {@code wrap}, is hidden. */
    MarkerReading read(byte[] document);

    /** The former value that a soft delete of this document has to keep. */
    String former(byte[] document);

    /** Whether {@link #trash} and {@link #restore} need the document as it lies at the upstream. */
    boolean needsDocument();

    /**
     * The write that trashes.
     *
     * @param document the item as it lies at the upstream; present at least where {@link #needsDocument}
     */
    MarkerWrite trash(Optional<byte[]> document, Instant deleteTime);

    /**
     * The write that restores.
     *
     * @param document the item as it lies at the upstream; present at least where {@link #needsDocument}
     * @param former the former value, empty where nobody knows it
     * @return empty where the live value cannot be known
     */
    Optional<MarkerWrite> restore(Optional<byte[]> document, Optional<String> former);
}
