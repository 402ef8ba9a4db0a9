package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.autoconfigure.CenotaphProperties;
import dev.cenotaph.gateway.autoconfigure.SoftDeleteGatewayFilterFactory;
import dev.cenotaph.gateway.filter.Policies;
import dev.cenotaph.policy.PolicyFile;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * One route for each upstream of the policy set, governed even where {@code cenotaph.global} is false. What no policy governs goes to the upstream whose resources lie nearest
 * to it, or else to {@code cenotaph.default-upstream}.
 */
@Configuration(proxyBeanMethods = false)
class ProxyRoutes {

    @Bean
    RouteLocator upstreamRoutes(
            RouteLocatorBuilder builder,
            Policies policies,
            CenotaphProperties properties,
            SoftDeleteGatewayFilterFactory softDelete) {
        Optional<URI> defaultUpstream = Optional.ofNullable(properties.defaultUpstream());
        List<URI> upstreams = Stream.concat(
                        policies.set().files().stream().map(PolicyFile::upstream), defaultUpstream.stream())
                .distinct()
                .toList();
        RouteLocatorBuilder.Builder routes = builder.routes();
        for (URI upstream : upstreams) {
            routes.route(
                    upstream.toString(),
                    route -> route.order(Ordered.LOWEST_PRECEDENCE)
                            .predicate(exchange -> upstreamOf(policies, defaultUpstream, exchange)
                                    .equals(Optional.of(upstream)))
                            .filters(filters -> filters.filter(softDelete.apply(softDelete.newConfig())))
                            .uri(upstream));
        }
        return routes.build();
    }

    @Bean
    ClientTimeouts clientTimeouts(CenotaphProperties properties) {
        return new ClientTimeouts(
                properties.client().readTimeout(), properties.client().requestTimeout());
    }

    private static Optional<URI> upstreamOf(
            Policies policies, Optional<URI> defaultUpstream, ServerWebExchange exchange) {
        return policies.matcher()
                .upstreamFor(exchange.getRequest().getURI().getRawPath())
                .or(() -> defaultUpstream);
    }
}
