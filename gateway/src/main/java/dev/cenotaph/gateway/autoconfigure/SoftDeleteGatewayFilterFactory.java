package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * The filter {@code SoftDelete} of a route. It acts behind every filter that rewrites the URL, wherever it stands in the
 * route's list; where all routes are governed already, it adds nothing.
 */
public final class SoftDeleteGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {
    private final SoftDeleteFilter filter;
    private final boolean global;

    public SoftDeleteGatewayFilterFactory(SoftDeleteFilter filter, boolean global) {
        super(Object.class);
        this.filter = filter;
        this.global = global;
    }

    @Override
    public GatewayFilter apply(Object config) {
        return global ? (exchange, chain) -> chain.filter(exchange) : filter;
    }
}
