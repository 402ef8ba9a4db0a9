package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A list body from chunk to chunk. Holds back as much as it may, so that headers can tell the truth: nothing dropped, and
 * the upstream's own bytes and headers go out; something dropped, and both are made anew. A longer body streams under
 * headers that claim nothing.
 */
final class ListStream {
    private enum State {
        /** Nothing is out yet. */
        HOLDING,
        /** What is kept goes out as it comes. */
        STREAMING,
        /** It cannot be filtered, and the policy lets it pass: the upstream's bytes go out, from the first one on. */
        RAW
    }

    private final ListFilter filter;
    private final Decoder decoder;
    private final ListHeaders headers;
    private final int heldBytes;
    private final OnUnfilterable onUnfilterable;
    private final Slices original = new Slices();
    private final Slices filtered = new Slices();
    private State state = State.HOLDING;

    ListStream(ListFilter filter, Decoder decoder, ListHeaders headers, int heldBytes, OnUnfilterable onUnfilterable) {
        this.filter = filter;
        this.decoder = decoder;
        this.headers = headers;
        this.heldBytes = heldBytes;
        this.onUnfilterable = onUnfilterable;
    }

    /**
     * Takes a chunk; gives what may go out now.
     *
     * @param chunk not to be changed any more
     */
    Optional<List<ByteBuffer>> feed(byte[] chunk) {
        if (state != State.STREAMING) {
            original.from(chunk);
            original.write(chunk, 0, chunk.length);
        }
        if (state == State.RAW) {
            return original.taken();
        }
        filtered.from(chunk);
        guarded(() -> decoder.feed(chunk, this::filter));
        if (state == State.HOLDING && original.size() + filtered.size() > heldBytes) {
            state = State.STREAMING;
            headers.streaming();
            original.clear();
        }
        return switch (state) {
            case HOLDING -> Optional.empty();
            case STREAMING -> filtered.taken();
            case RAW -> original.taken();
        };
    }

    /** Ends the body; gives what is left to go out. */
    Optional<List<ByteBuffer>> finish() {
        if (state != State.RAW) {
            guarded(() -> filter.finish(filtered));
        }
        return switch (state) {
            case STREAMING -> filtered.taken();
            case RAW -> original.taken();
            case HOLDING -> filter.dropped() == 0 ? unchanged() : remade();
        };
    }

    /** Lets go of what decoding took; at every end, an early one too. */
    void close() {
        decoder.close();
    }

    private void filter(byte[] bytes) {
        try {
            filter.feed(bytes, 0, bytes.length, filtered);
        } catch (UnfilterableListException e) {
            if (onUnfilterable == OnUnfilterable.FAIL || state != State.STREAMING) {
                throw e;
            }
            filter.release(filtered);
        }
    }

    private Optional<List<ByteBuffer>> unchanged() {
        return headers.unfiltered() ? original.taken() : Optional.empty();
    }

    private Optional<List<ByteBuffer>> remade() {
        List<ByteBuffer> body = filtered.taken().orElse(List.of());
        return headers.filtered(body) && !body.isEmpty() ? Optional.of(body) : Optional.empty();
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (UnfilterableListException e) {
            if (onUnfilterable == OnUnfilterable.FAIL || state == State.STREAMING) {
                throw e;
            }
            state = State.RAW;
        }
    }
}
