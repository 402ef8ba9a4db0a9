package dev.cenotaph.gateway.listing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A list body that is held to its end if it is short enough; a longer one streams. */
final class HeldPage {
    private final int limit;
    private final boolean plain;
    private final Decoder decoder;
    private final Supplier<ListStream> streaming;
    private final List<byte[]> chunks = new ArrayList<>();
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    private Optional<ListStream> stream = Optional.empty();

    /**
     * A body that is about to come.
     *
     * @param limit in bytes, without its coding
     * @param plain whether it has none
     * @param streaming called once it is longer
     */
    HeldPage(int limit, boolean plain, Decoder decoder, Supplier<ListStream> streaming) {
        this.limit = limit;
        this.plain = plain;
        this.decoder = decoder;
        this.streaming = streaming;
    }

    /** Takes a chunk, not to be changed any more; gives what may go out now. */
    Optional<List<ByteBuffer>> feed(byte[] chunk) {
        if (stream.isPresent()) {
            return stream.get().feed(chunk);
        }
        chunks.add(chunk);
        decoder.feed(chunk, decoded::writeBytes);
        return decoded.size() > limit ? overflow() : Optional.empty();
    }

    private Optional<List<ByteBuffer>> overflow() {
        ListStream begun = streaming.get();
        stream = Optional.of(begun);
        decoded.reset();
        var out = new ArrayList<ByteBuffer>();
        chunks.forEach(held -> begun.feed(held).ifPresent(out::addAll));
        chunks.clear();
        return out.isEmpty() ? Optional.empty() : Optional.of(out);
    }

    /** The stream that the body has become, if it is longer. */
    Optional<ListStream> stream() {
        return stream;
    }

    /** The whole body without its coding. */
    byte[] body() {
        return decoded.toByteArray();
    }

    /** The whole body as it came. */
    List<ByteBuffer> asItCame(byte[] body) {
        return plain
                ? List.of(ByteBuffer.wrap(body))
                : chunks.stream().map(ByteBuffer::wrap).toList();
    }

    /** Lets go of what decoding took; at every end, an early one too. */
    void close() {
        decoder.close();
        stream.ifPresent(ListStream::close);
    }
}
