package dev.cenotaph.gateway.exchange;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** On down Spring Cloud Gateway's chain: through the filters that stand behind us, and its own routing filter. */
public final class ChainForwarding implements Forwarding {
    private final GatewayFilterChain chain;

    public ChainForwarding(GatewayFilterChain chain) {
        this.chain = chain;
    }

    @Override
    public Mono<Void> pass(ServerWebExchange exchange) {
        return chain.filter(exchange);
    }

    @Override
    public Mono<Void> pass(ServerWebExchange exchange, AnswerTap tap) {
        TappedResponse.of(exchange).watch(tap);
        return chain.filter(exchange);
    }

    @Override
    public Mono<Void> forward(ServerWebExchange exchange, Onward onward) {
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, onward.url());
        return chain.filter(exchange.mutate()
                .request(request -> request.method(HttpMethod.valueOf(onward.method()))
                        .headers(headers -> {
                            ClientHeaders.clean(headers);
                            onward.change().accept(headers);
                        }))
                .build());
    }

    @Override
    public Mono<Void> forward(ServerWebExchange exchange, Onward onward, AnswerTransform transform) {
        TappedResponse.of(exchange).arm(transform);
        return forward(exchange, onward);
    }
}
