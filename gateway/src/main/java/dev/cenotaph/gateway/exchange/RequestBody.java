package dev.cenotaph.gateway.exchange;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request's body, read by us and still sent on as it came. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * Reads a body.
     *
     * @param limit in bytes; a longer body fails with a 413
     */
    public static Mono<byte[]> read(ServerHttpRequest request, int limit) {
        return DataBufferUtils.join(request.getBody(), limit)
                .map(RequestBody::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge(limit));
    }

    /** The exchange with a request that has this body again. */
    public static ServerWebExchange replay(ServerWebExchange exchange, byte[] body) {
        ServerHttpRequest request = exchange.getRequest();
        Flux<DataBuffer> again = body.length == 0
                ? Flux.empty()
                : Flux.defer(
                        () -> Flux.just(exchange.getResponse().bufferFactory().wrap(body)));
        return withBody(exchange, request, again);
    }

    /** The exchange with a request that has another body. */
    static ServerWebExchange withBody(ServerWebExchange exchange, ServerHttpRequest request, Flux<DataBuffer> body) {
        return exchange.mutate()
                .request(new ServerHttpRequestDecorator(request) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return body;
                    }
                })
                .build();
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Failure tooLarge(int limit) {
        return new Failure(Problem.of(
                413,
                "body-too-large",
                "The body has to be looked at before it may pass, and is longer than " + limit + " bytes."));
    }
}
