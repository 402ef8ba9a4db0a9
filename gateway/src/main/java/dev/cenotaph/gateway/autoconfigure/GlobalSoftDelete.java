package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Governs every route. */
final class GlobalSoftDelete implements GlobalFilter, Ordered {
    private final SoftDeleteFilter filter;

    GlobalSoftDelete(SoftDeleteFilter filter) {
        this.filter = filter;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return filter.filter(exchange, chain);
    }

    @Override
    public int getOrder() {
        return filter.getOrder();
    }
}
