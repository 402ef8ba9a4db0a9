package dev.cenotaph.gateway.exchange;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The response to the client, with a tap through which a handler sees the upstream's answer before it goes out. */
final class TappedResponse extends ServerHttpResponseDecorator {
    private @Nullable AnswerTransform transform;

    TappedResponse(ServerHttpResponse delegate) {
        super(delegate);
    }

    /**
     * The tap of an exchange, under whatever other filters wrapped around it.
     *
     * @throws IllegalStateException if another filter replaced the response, so that nothing can be hidden in it
     */
    static TappedResponse of(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        while (response instanceof ServerHttpResponseDecorator decorator) {
            if (decorator instanceof TappedResponse tapped) {
                return tapped;
            }
            response = decorator.getDelegate();
        }
        throw new IllegalStateException("a filter replaced the response, so its body cannot be governed");
    }

    void arm(AnswerTransform newTransform) {
        transform = newTransform;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        AnswerTransform armed = transform;
        transform = null;
        return armed == null ? super.writeWith(body) : armed.write(getDelegate(), Flux.from(body));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return transform == null
                ? super.writeAndFlushWith(body)
                : writeWith(Flux.from(body).concatMap(Function.identity()));
    }
}
