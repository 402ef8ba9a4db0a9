package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import java.io.ByteArrayOutputStream;
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
    private final ByteArrayOutputStream original = new ByteArrayOutputStream();
    private final ByteArrayOutputStream filtered = new ByteArrayOutputStream();
    private State state = State.HOLDING;

    ListStream(ListFilter filter, Decoder decoder, ListHeaders headers, int heldBytes, OnUnfilterable onUnfilterable) {
        this.filter = filter;
        this.decoder = decoder;
        this.headers = headers;
        this.heldBytes = heldBytes;
        this.onUnfilterable = onUnfilterable;
    }

    /** Takes a chunk; gives what may go out now. */
    Optional<byte[]> feed(byte[] chunk) {
        if (state == State.RAW) {
            return some(chunk);
        }
        if (state == State.HOLDING) {
            original.writeBytes(chunk);
        }
        guarded(() -> decoder.feed(chunk, this::filter));
        if (state == State.HOLDING && original.size() + filtered.size() > heldBytes) {
            state = State.STREAMING;
            headers.streaming();
            original.reset();
        }
        return switch (state) {
            case HOLDING -> Optional.empty();
            case STREAMING -> taken(filtered);
            case RAW -> taken(original);
        };
    }

    /** Ends the body; gives what is left to go out. */
    Optional<byte[]> finish() {
        if (state != State.RAW) {
            guarded(() -> filter.finish(filtered::write));
        }
        return switch (state) {
            case STREAMING -> taken(filtered);
            case RAW -> taken(original);
            case HOLDING -> filter.dropped() == 0 ? unchanged() : remade();
        };
    }

    /** Lets go of what decoding took; at every end, an early one too. */
    void close() {
        decoder.close();
    }

    private void filter(byte[] bytes) {
        try {
            filter.feed(bytes, 0, bytes.length, filtered::write);
        } catch (UnfilterableListException e) {
            if (onUnfilterable == OnUnfilterable.FAIL || state != State.STREAMING) {
                throw e;
            }
            filter.release(filtered::write);
        }
    }

    private Optional<byte[]> unchanged() {
        return headers.unfiltered() ? taken(original) : Optional.empty();
    }

    private Optional<byte[]> remade() {
        byte[] body = filtered.toByteArray();
        return headers.filtered(body) ? some(body) : Optional.empty();
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

    private static Optional<byte[]> taken(ByteArrayOutputStream from) {
        byte[] bytes = from.toByteArray();
        from.reset();
        return some(bytes);
    }

    private static Optional<byte[]> some(byte[] bytes) {
        return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    }
}
