package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.autoconfigure.CenotaphProperties;
import dev.cenotaph.gateway.exchange.GoneAtHand;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import dev.cenotaph.gateway.tombstone.Tombstones;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayMetricsFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCRequestHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.GRPCResponseHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveXForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedRequestHttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedResponseHttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.WebFilter;
import reactor.netty.http.client.HttpClient;

/** The proxy's own way to forward, where nothing asks for Spring Cloud Gateway's chain. */
@Configuration(proxyBeanMethods = false)
@Conditional(NothingNeedsTheChain.class)
class DirectProxy {
    private static final boolean TRACING =
            ClassUtils.isPresent("io.micrometer.tracing.Tracer", DirectProxy.class.getClassLoader());

    @Bean
    DirectMapping directMapping(
            PoliciesInForce policies,
            CenotaphProperties properties,
            SoftDeleteFilter softDelete,
            DirectTransport transport,
            RequestMeters meters,
            ManagementPort management) {
        return new DirectMapping(
                policies,
                Optional.ofNullable(properties.defaultUpstream()),
                softDelete,
                transport,
                meters,
                management,
                properties.upstream().preserveHost());
    }

    @Bean
    ManagementPort managementPort() {
        return new ManagementPort();
    }

    @Bean
    RequestMeters requestMeters(
            ObjectProvider<MeterRegistry> registry, ObjectProvider<GatewayMetricsFilter> gatewayMetrics) {
        String prefix = gatewayMetrics.stream()
                .findFirst()
                .map(GatewayMetricsFilter::getMetricsPrefix)
                .orElse("spring.cloud.gateway");
        return new RequestMeters(registry.getIfAvailable(CompositeMeterRegistry::new), prefix);
    }

    /** The policies first: where they are broken, no store is made. */
    @Bean
    GoneAtHand<GoneDoor.Ready> goneAtHand(
            PoliciesInForce policies, Tombstones tombstones, RequestMeters meters, CenotaphProperties properties) {
        return new GoneAtHand<>(
                tombstones,
                properties.limits().goneAtHand().toBytes(),
                (path, answer) -> GoneDoor.Ready.of(
                        answer,
                        policies.get()
                                .matcher()
                                .upstreamFor(path)
                                .map(upstream -> meters.timer(upstream, HttpMethod.GET, answer.status()))));
    }

    /** Not where the requests of a connection are counted, so as to close it: those answered here are not. */
    @Bean
    @ConditionalOnProperty(name = "server.netty.max-keep-alive-requests", havingValue = "-1", matchIfMissing = true)
    GoneDoors goneDoors(
            GoneAtHand<GoneDoor.Ready> goneAtHand,
            PoliciesInForce policies,
            ManagementPort management,
            ServerProperties server,
            ObjectProvider<WebFilter> webFilters) {
        Compression compression = server.getCompression();
        long longest =
                compression.getEnabled() ? compression.getMinResponseSize().toBytes() - 1 : Long.MAX_VALUE;
        return new GoneDoors(new GoneDoor.House(goneAtHand, policies, management, longest), webFilters);
    }

    @Bean
    DirectTransport directTransport(
            HttpClient gatewayHttpClient,
            HttpClientProperties clientProperties,
            GatewayProperties gatewayProperties,
            ObjectProvider<HttpHeadersFilter> filters) {
        List<HttpHeadersFilter> all = filters.orderedStream().toList();
        Set<String> connectionBound = all.stream()
                .filter(RemoveHopByHopHeadersFilter.class::isInstance)
                .map(RemoveHopByHopHeadersFilter.class::cast)
                .findFirst()
                .map(RemoveHopByHopHeadersFilter::getHeaders)
                .orElse(RemoveHopByHopHeadersFilter.HEADERS_REMOVED_ON_REQUEST);
        Duration timeout = clientProperties.getResponseTimeout();
        return new DirectTransport(
                gatewayHttpClient,
                new PassingHeaders(
                        connectionBound,
                        all.stream().noneMatch(RemoveForwardedHeadersFilter.class::isInstance),
                        all.stream().noneMatch(RemoveXForwardedHeadersFilter.class::isInstance)),
                new PassingHeaders(connectionBound, true, true),
                all.stream().filter(filter -> !isStoodFor(filter)).toList(),
                gatewayProperties.getStreamingMediaTypes(),
                timeout == null ? Duration.ZERO : timeout);
    }

    /** Whether the direct way does by itself what this filter does, or never meets what it is for. */
    private static boolean isStoodFor(HttpHeadersFilter filter) {
        return filter instanceof RemoveHopByHopHeadersFilter
                || filter instanceof RemoveForwardedHeadersFilter
                || filter instanceof RemoveXForwardedHeadersFilter
                || filter instanceof TransferEncodingNormalizationHeadersFilter
                || filter instanceof GRPCRequestHeadersFilter
                || filter instanceof GRPCResponseHeadersFilter
                // They open and close a span for each call; without tracing, a timer beside the one that we have.
                || (!TRACING
                        && (filter instanceof ObservedRequestHttpHeadersFilter
                                || filter instanceof ObservedResponseHttpHeadersFilter));
    }
}
