package dev.cenotaph.gateway.proxy;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Takes requests before Spring Cloud Gateway's own mapping does, and forwards them directly. Leaves to it what needs its
 * chain: other protocols than plain HTTP.
 */
final class DirectMapping implements HandlerMapping, Ordered {
    /** Behind the management endpoints (-100), for where they share the port; before Spring Cloud Gateway's mapping (1). */
    static final int ORDER = -10;

    private final PoliciesInForce policies;
    private final Optional<URI> defaultUpstream;
    private final SoftDeleteFilter softDelete;
    private final DirectTransport transport;
    private final RequestMeters meters;
    private final ManagementPort management;
    private final boolean preservesHost;
    private final ConcurrentMap<URI, Mono<WebHandler>> handlers = new ConcurrentHashMap<>();

    DirectMapping(
            PoliciesInForce policies,
            Optional<URI> defaultUpstream,
            SoftDeleteFilter softDelete,
            DirectTransport transport,
            RequestMeters meters,
            ManagementPort management,
            boolean preservesHost) {
        this.policies = policies;
        this.defaultUpstream = defaultUpstream;
        this.softDelete = softDelete;
        this.transport = transport;
        this.meters = meters;
        this.management = management;
        this.preservesHost = preservesHost;
    }

    @Override
    public Mono<Object> getHandler(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (management.isAt(request.getLocalAddress()) || needsTheChain(request)) {
            return Mono.empty();
        }
        return policies.of(exchange)
                .matcher()
                .upstreamFor(request.getURI().getRawPath())
                .or(() -> defaultUpstream)
                .map(upstream -> handlers.computeIfAbsent(upstream, this::handler))
                .map(handler -> CorsUtils.isPreFlightRequest(request) ? handledAtOnce(handler, exchange) : handler)
                .orElseGet(Mono::empty)
                .cast(Object.class);
    }

    /** Of a preflight, the dispatcher asks the mappings alone: what they did not answer, it ends without a body. */
    private static Mono<WebHandler> handledAtOnce(Mono<WebHandler> handler, ServerWebExchange exchange) {
        return handler.flatMap(found -> found.handle(exchange).thenReturn(found));
    }

    private Mono<WebHandler> handler(URI upstream) {
        String origin = upstream.getScheme() + "://" + upstream.getRawAuthority();
        return Mono.just(exchange -> meters.recorded(exchange, upstream, handle(exchange, origin)));
    }

    private Mono<Void> handle(ServerWebExchange exchange, String origin) {
        URI asked = exchange.getRequest().getURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        URI target = URI.create(origin + asked.getRawPath() + query);
        if (preservesHost) {
            exchange.getAttributes().put(PRESERVE_HOST_HEADER_ATTRIBUTE, true);
        }
        return softDelete.filter(exchange, target, new DirectForwarding(transport, target));
    }

    private static boolean needsTheChain(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return headers.containsHeader(HttpHeaders.UPGRADE)
                || (type != null && type.regionMatches(true, 0, "application/grpc", 0, "application/grpc".length()));
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
