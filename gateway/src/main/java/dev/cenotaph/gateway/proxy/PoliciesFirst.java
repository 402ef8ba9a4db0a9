package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives each request its policies before any mapping looks for its way. Routes are made before the policies that need them
 * come into force: whoever has the policies finds the route.
 */
final class PoliciesFirst implements HandlerMapping, Ordered {
    private final PoliciesInForce policies;

    PoliciesFirst(PoliciesInForce policies) {
        this.policies = policies;
    }

    @Override
    public Mono<Object> getHandler(ServerWebExchange exchange) {
        policies.of(exchange);
        return Mono.empty();
    }

    @Override
    public int getOrder() {
        return DirectMapping.ORDER - 1;
    }
}
