package dev.cenotaph.gateway.exchange;

import java.util.List;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at a whole body on its way, if it is short enough; a longer one flows on as it comes. */
public final class BodyPeek {
    private BodyPeek() {}

    /**
     * Peeks.
     *
     * @param limit in bytes; nothing is shown of a longer body
     * @param look sees a copy of the whole body before the first byte goes out; an error signal keeps the body back
     */
    public static Flux<DataBuffer> at(Flux<? extends DataBuffer> body, int limit, Function<byte[], Mono<Void>> look) {
        return Flux.defer(() -> {
            var size = new Size(limit);
            return body.<DataBuffer>map(buffer -> buffer)
                    .windowUntil(size::justExceeded)
                    .index()
                    .concatMap(window -> window.getT1() == 0 ? first(window.getT2(), size, look) : window.getT2(), 1);
        });
    }

    private static Flux<DataBuffer> first(Flux<DataBuffer> window, Size size, Function<byte[], Mono<Void>> look) {
        return window.collectList().flatMapMany(buffers -> {
            Flux<DataBuffer> all = Flux.fromIterable(buffers).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
            if (size.exceeded) {
                return all;
            }
            return look.apply(copy(buffers))
                    .doOnError(e -> buffers.forEach(DataBufferUtils::release))
                    .thenMany(all);
        });
    }

    private static byte[] copy(List<DataBuffer> buffers) {
        int length = buffers.stream().mapToInt(DataBuffer::readableByteCount).sum();
        byte[] bytes = new byte[length];
        int offset = 0;
        for (DataBuffer buffer : buffers) {
            int count = buffer.readableByteCount();
            buffer.toByteBuffer(buffer.readPosition(), java.nio.ByteBuffer.wrap(bytes, offset, count), 0, count);
            offset += count;
        }
        return bytes;
    }

    private static final class Size {
        private final int limit;
        private long seen;
        private boolean exceeded;

        Size(int limit) {
            this.limit = limit;
        }

        /** True once: for the buffer that goes over the limit. */
        boolean justExceeded(DataBuffer buffer) {
            seen += buffer.readableByteCount();
            if (exceeded || seen <= limit) {
                return false;
            }
            exceeded = true;
            return true;
        }
    }
}
