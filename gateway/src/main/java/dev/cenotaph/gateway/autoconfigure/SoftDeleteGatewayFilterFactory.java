package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * The filter {@code SoftDelete} of a route. It acts behind every filter that rewrites the URL, wherever it stands in the
 * route's list; where all routes are governed already, or Cenotaph is switched off, it adds nothing.
 */
public final class SoftDeleteGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {
    private static final GatewayFilter NOTHING = (exchange, chain) -> chain.filter(exchange);

    private final GatewayFilter filter;

    private SoftDeleteGatewayFilterFactory(GatewayFilter filter) {
        super(Object.class);
        this.filter = filter;
    }

    static SoftDeleteGatewayFilterFactory of(SoftDeleteFilter filter, boolean global) {
        return new SoftDeleteGatewayFilterFactory(global ? NOTHING : filter);
    }

    static SoftDeleteGatewayFilterFactory absent() {
        return new SoftDeleteGatewayFilterFactory(NOTHING);
    }

    @Override
    public GatewayFilter apply(Object config) {
        return filter;
    }
}
