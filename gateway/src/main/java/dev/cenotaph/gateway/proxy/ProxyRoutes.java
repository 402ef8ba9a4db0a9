package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.autoconfigure.CenotaphProperties;
import dev.cenotaph.gateway.autoconfigure.SoftDeleteGatewayFilterFactory;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.route.CachingRouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The proxy's own routes, governed even where {@code cenotaph.global} is false. What no policy governs goes to the upstream
 * whose resources lie nearest to it, or else to {@code cenotaph.default-upstream}.
 */
@Configuration(proxyBeanMethods = false)
class ProxyRoutes {

    @Bean
    PoliciesFirst policiesFirst(PoliciesInForce policies) {
        return new PoliciesFirst(policies);
    }

    @Bean
    UpstreamRoutes upstreamRoutes(
            RouteLocatorBuilder builder,
            PoliciesInForce policies,
            CenotaphProperties properties,
            SoftDeleteGatewayFilterFactory softDelete,
            ApplicationEventPublisher events,
            ObjectProvider<CachingRouteLocator> known) {
        return new UpstreamRoutes(
                builder,
                policies,
                Optional.ofNullable(properties.defaultUpstream()),
                softDelete.apply(softDelete.newConfig()),
                properties.upstream().preserveHost(),
                events,
                known::getObject);
    }

    @Bean
    ClientTimeouts clientTimeouts(CenotaphProperties properties) {
        return new ClientTimeouts(
                properties.client().readTimeout(), properties.client().requestTimeout());
    }
}
