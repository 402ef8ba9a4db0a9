package dev.cenotaph.gateway.exchange;

import java.io.IOException;
import java.util.Optional;
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
    private @Nullable AnswerTap watcher;

    TappedResponse(ServerHttpResponse delegate) {
        super(delegate);
    }

    /**
     * The tap of an exchange, under whatever other filters wrapped around it.
     *
     * @throws IllegalStateException if another filter replaced the response, so that nothing can be hidden in it
     */
    static TappedResponse of(ServerWebExchange exchange) {
        return in(exchange.getResponse())
                .orElseThrow(() ->
                        new IllegalStateException("a filter replaced the response, so its body cannot be governed"));
    }

    /** Lets an answer of our own pass as it is, although an upstream's answer was waited for. */
    static void disarm(ServerHttpResponse response) {
        in(response).ifPresent(tapped -> tapped.transform = null);
    }

    private static Optional<TappedResponse> in(ServerHttpResponse wrapped) {
        ServerHttpResponse response = wrapped;
        while (response instanceof ServerHttpResponseDecorator decorator) {
            if (decorator instanceof TappedResponse tapped) {
                return Optional.of(tapped);
            }
            response = decorator.getDelegate();
        }
        return Optional.empty();
    }

    void arm(AnswerTransform newTransform) {
        transform = newTransform;
    }

    void watch(AnswerTap tap) {
        watcher = tap;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        AnswerTransform armed = transform;
        transform = null;
        Flux<? extends DataBuffer> answer = watched(marked(Flux.from(body)));
        return armed == null ? super.writeWith(answer) : armed.write(getDelegate(), answer);
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return transform == null
                ? super.writeAndFlushWith(marked(Flux.from(body)))
                : writeWith(Flux.from(body).concatMap(Function.identity()));
    }

    private Flux<? extends DataBuffer> watched(Flux<? extends DataBuffer> answer) {
        AnswerTap tap = watcher;
        watcher = null;
        return tap == null ? answer : tap.tap(getDelegate(), answer);
    }

    private static <T> Flux<T> marked(Flux<T> answer) {
        return answer.onErrorMap(IOException.class, BrokenAnswerException::new);
    }
}
