package dev.cenotaph.gateway.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at a whole body on its way, if it is short enough; a longer one flows on as it comes. */
public final class BodyPeek {
    private BodyPeek() {}

    /**
     * How much is looked at.
     *
     * @param bytes nothing is shown of a longer body
     * @param deadline for a body that is held back
     */
    public record Limits(int bytes, Deadline deadline) {}

    /**
     * Peeks at the body of an answer.
     *
     * @param look sees a copy of the whole body before the first byte goes out; an error signal keeps the body back
     * @return a {@link Mono} where the body says that it is short, so that it can go out in one piece with its headers
     */
    public static Publisher<DataBuffer> at(
            ServerHttpResponse response,
            Flux<? extends DataBuffer> body,
            Limits limits,
            Function<byte[], Mono<Void>> look) {
        long length = response.getHeaders().getContentLength();
        return length >= 0 && length <= limits.bytes() ? atShort(body, limits, look) : at(body, limits, look);
    }

    /** Peeks at any body. */
    public static Flux<DataBuffer> at(
            Flux<? extends DataBuffer> body, Limits limits, Function<byte[], Mono<Void>> look) {
        return Flux.defer(() -> {
            var held = new Held(limits.bytes());
            return limits.deadline()
                    .within(body, held::isHeld)
                    .<DataBuffer>handle((buffer, sink) -> held.take(buffer).ifPresent(sink::next))
                    .concatWith(Mono.defer(() -> held.rest(look)));
        });
    }

    private static Mono<DataBuffer> atShort(
            Flux<? extends DataBuffer> body, Limits limits, Function<byte[], Mono<Void>> look) {
        return Mono.defer(() -> {
            var held = new Held(limits.bytes());
            return limits.deadline()
                    .within(body, held::isHeld)
                    .<DataBuffer>handle((buffer, sink) -> held.take(buffer).ifPresent(longer -> {
                        DataBufferUtils.release(longer);
                        sink.error(new IOException("the body is longer than its header says"));
                    }))
                    .then(Mono.defer(() -> held.rest(look)));
        });
    }

    /** The beginning of a body, as bytes: the buffers are let go of as they come, so that none can be lost. */
    private static final class Held {
        private final int limit;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile boolean exceeded;

        Held(int limit) {
            this.limit = limit;
        }

        /** Not, where it flows on unseen. */
        boolean isHeld() {
            return !exceeded;
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

        Mono<DataBuffer> rest(Function<byte[], Mono<Void>> look) {
            return exceeded ? Mono.empty() : look.apply(bytes.toByteArray()).then(Mono.defer(this::held));
        }

        private Mono<DataBuffer> held() {
            return bytes.size() == 0 ? Mono.empty() : Mono.just(taken());
        }

        private DataBuffer taken() {
            byte[] all = bytes.toByteArray();
            bytes.reset();
            return DefaultDataBufferFactory.sharedInstance.wrap(all);
        }
    }
}
