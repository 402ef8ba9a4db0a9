package dev.cenotaph.gateway.exchange;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Puts the tap around the response. It has to stand outside {@link NettyWriteResponseFilter}, which writes to the
 * response that it was given itself, while the decisions are made further in, where the final URL is known.
 */
public final class ResponseTapFilter implements GlobalFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        TappedResponse tapped = new TappedResponse(exchange.getResponse());
        return chain.filter(exchange.mutate().response(tapped).build());
    }

    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
    }
}
