package dev.cenotaph.gateway.shadow;

import dev.cenotaph.gateway.exchange.AnswerTap;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Forwarding;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A way to the upstream and back, on which the upstream's answer is seen before anything else is done with it. */
final class Watched implements Forwarding {
    private final Forwarding forwarding;
    private final AnswerTap tap;

    Watched(Forwarding forwarding, AnswerTap tap) {
        this.forwarding = forwarding;
        this.tap = tap;
    }

    @Override
    public Mono<Void> pass(ServerWebExchange exchange) {
        return forwarding.pass(exchange, tap);
    }

    @Override
    public Mono<Void> pass(ServerWebExchange exchange, AnswerTap next) {
        return forwarding.pass(exchange, (response, body) -> next.tap(response, tap.tap(response, body)));
    }

    /** An answer that passes as it comes is not seen here: nobody holds it. */
    @Override
    public Mono<Void> forward(ServerWebExchange exchange, Onward onward) {
        return forwarding.forward(exchange, onward);
    }

    @Override
    public Mono<Void> forward(ServerWebExchange exchange, Onward onward, AnswerTransform transform) {
        return forwarding.forward(
                exchange, onward, (response, body) -> transform.write(response, tap.tap(response, body)));
    }

    @Override
    public byte[] shown(byte[] document) {
        return forwarding.shown(document);
    }
}
