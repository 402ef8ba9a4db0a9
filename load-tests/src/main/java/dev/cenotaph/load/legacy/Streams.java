package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Bodies that are sent bit by bit and never held as a whole. */
final class Streams {
    /** Byte n of a download is n mod 251. 251 divides this size, so that every piece starts alike. */
    private static final int PIECE = 251 * 256;

    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(100);
    private static final ByteBuf PATTERN = pattern();

    private Streams() {}

    /** Server-sent events, one every 100 ms. */
    static Flux<ByteBuf> events(long count) {
        return Flux.interval(Duration.ZERO, BETWEEN_EVENTS)
                .onBackpressureBuffer()
                .take(count)
                .map(Streams::event);
    }

    static Flux<ByteBuf> download(long bytes) {
        return Flux.generate(() -> 0L, (sent, sink) -> {
            if (sent == bytes) {
                sink.complete();
                return sent;
            }
            int size = (int) Math.min(PIECE, bytes - sent);
            sink.next(PATTERN.retainedSlice(0, size));
            return sent + size;
        });
    }

    private static ByteBuf event(long number) {
        String text = "id: " + number + "\nevent: tick\ndata: {\"number\":" + number + "}\n\n";
        return Unpooled.wrappedBuffer(text.getBytes(UTF_8));
    }

    private static ByteBuf pattern() {
        byte[] bytes = new byte[PIECE];
        for (int i = 0; i < PIECE; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes));
    }
}
