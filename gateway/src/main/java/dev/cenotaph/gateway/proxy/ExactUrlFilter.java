package dev.cenotaph.gateway.proxy;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sends path and query as they came. {@link RouteToRequestUrlFilter} takes a URL with a bracket in it for one that is not
 * encoded yet, and encodes it once more: {@code ?f[x]=%20} would arrive as {@code %2520}.
 */
@Component
final class ExactUrlFilter implements GlobalFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI routed = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        URI asked = exchange.getRequest().getURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        URI exact = URI.create(routed.getScheme() + "://" + routed.getRawAuthority() + asked.getRawPath() + query);
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, exact);
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
    }
}
