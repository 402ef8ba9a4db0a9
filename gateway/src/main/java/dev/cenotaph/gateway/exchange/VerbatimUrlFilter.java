package dev.cenotaph.gateway.exchange;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives the upstream's URL the path and query of the request, byte for byte. The filter that made that URL takes them apart
 * and puts them together again: it collapses slashes, moves parameters of one name together, and encodes a path a second
 * time where the query holds a bracket.
 *
 * <p>Stands right behind it, before every filter that rewrites the URL on purpose.
 */
public final class VerbatimUrlFilter implements GlobalFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI url = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        if (url != null && url.getRawAuthority() != null) {
            URI asked = exchange.getRequest().getURI();
            String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
            URI verbatim = URI.create(url.getScheme() + "://" + url.getRawAuthority() + asked.getRawPath() + query);
            exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, verbatim);
        }
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
    }
}
