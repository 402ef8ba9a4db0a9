package dev.cenotaph.gateway.exchange;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes an upstream's answer, or another in its place, to the client. */
@FunctionalInterface
public interface AnswerTransform {

    /**
     * Takes over the answer.
     *
     * @param response carries the upstream's status and headers, not committed yet; headers may be changed until the
     *     first buffer is emitted
     * @param body the upstream's body; it has to be consumed or cancelled
     */
    Mono<Void> write(ServerHttpResponse response, Flux<? extends DataBuffer> body);
}
