package dev.cenotaph.gateway.exchange;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;

/** Sees an upstream's answer go by, and changes nothing of it. */
@FunctionalInterface
public interface AnswerTap {

    /**
     * Looks at an answer.
     *
     * @param response carries the upstream's status and headers
     * @return the same buffers, at the same pace
     */
    Flux<? extends DataBuffer> tap(ServerHttpResponse response, Flux<? extends DataBuffer> body);
}
