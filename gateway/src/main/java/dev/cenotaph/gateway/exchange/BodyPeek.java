package dev.cenotaph.gateway.exchange;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
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
            var held = new Held(limit);
            return body.<DataBuffer>handle((buffer, sink) -> held.take(buffer).ifPresent(sink::next))
                    .concatWith(Flux.defer(() -> held.rest(look)));
        });
    }

    /** The beginning of a body, as bytes: the buffers are let go of as they come, so that none can be lost. */
    private static final class Held {
        private final int limit;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean exceeded;

        Held(int limit) {
            this.limit = limit;
        }

        /** What goes on now. */
        Optional<DataBuffer> take(DataBuffer buffer) {
            if (exceeded) {
                return Optional.of(buffer);
            }
            exceeded = buffer.readableByteCount() > limit - bytes.size();
            byte[] more = new byte[buffer.readableByteCount()];
            buffer.read(more);
            DataBufferUtils.release(buffer);
            bytes.writeBytes(more);
            return exceeded ? Optional.of(taken()) : Optional.empty();
        }

        Flux<DataBuffer> rest(Function<byte[], Mono<Void>> look) {
            return exceeded ? Flux.empty() : look.apply(bytes.toByteArray()).thenMany(Flux.defer(this::held));
        }

        private Flux<DataBuffer> held() {
            return bytes.size() == 0 ? Flux.empty() : Flux.just(taken());
        }

        private DataBuffer taken() {
            byte[] all = bytes.toByteArray();
            bytes.reset();
            return DefaultDataBufferFactory.sharedInstance.wrap(all);
        }
    }
}
