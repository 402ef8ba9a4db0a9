package dev.cenotaph.gateway.proxy;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.RoutesAhead;
import dev.cenotaph.policy.PolicyFile;
import dev.cenotaph.policy.PolicySet;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/**
 * One route for each upstream that policies name, or named: requests under way still have those before. A route that
 * nobody's policies name matches nothing.
 */
final class UpstreamRoutes implements RouteLocator, RoutesAhead {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RouteLocatorBuilder builder;
    private final PoliciesInForce policies;
    private final Optional<URI> defaultUpstream;
    private final GatewayFilter softDelete;
    private final boolean preservesHost;
    private final ApplicationEventPublisher events;
    private final Supplier<RouteLocator> known;
    private volatile Map<URI, Route> routes = Map.of();

    /** @param known all routes, as requests see them */
    UpstreamRoutes(
            RouteLocatorBuilder builder,
            PoliciesInForce policies,
            Optional<URI> defaultUpstream,
            GatewayFilter softDelete,
            boolean preservesHost,
            ApplicationEventPublisher events,
            Supplier<RouteLocator> known) {
        this.builder = builder;
        this.policies = policies;
        this.defaultUpstream = defaultUpstream;
        this.softDelete = softDelete;
        this.preservesHost = preservesHost;
        this.events = events;
        this.known = known;
        this.routes = routes(upstreams(policies.get().set()));
    }

    @Override
    public Flux<Route> getRoutes() {
        return Flux.defer(() -> Flux.fromIterable(routes.values()));
    }

    @Override
    public void prepare(PolicySet next) {
        Map<URI, Route> wanted = routes(Stream.concat(routes.keySet().stream(), upstreams(next)));
        if (wanted.keySet().equals(routes.keySet())) {
            return;
        }
        routes = wanted;
        events.publishEvent(new RefreshRoutesEvent(this));
        Set<String> ids = wanted.keySet().stream().map(URI::toString).collect(Collectors.toSet());
        boolean all = Flux.defer(() -> known.get().getRoutes())
                .map(Route::getId)
                .collect(Collectors.toSet())
                .map(there -> there.containsAll(ids))
                .filter(there -> there)
                .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(20)))
                .blockOptional(PATIENCE)
                .orElse(false);
        if (!all) {
            throw new IllegalStateException("the routes were not taken over");
        }
    }

    private Stream<URI> upstreams(PolicySet set) {
        return Stream.concat(set.files().stream().map(PolicyFile::upstream), defaultUpstream.stream());
    }

    private Map<URI, Route> routes(Stream<URI> upstreams) {
        var made = new LinkedHashMap<URI, Route>();
        upstreams.forEach(upstream -> made.computeIfAbsent(
                upstream, fresh -> Optional.ofNullable(routes.get(fresh)).orElseGet(() -> route(fresh))));
        return made;
    }

    private Route route(URI upstream) {
        List<Route> one = builder.routes()
                .route(
                        upstream.toString(),
                        route -> route.order(Ordered.LOWEST_PRECEDENCE)
                                .predicate(exchange -> upstreamOf(exchange).equals(Optional.of(upstream)))
                                .filters(filters ->
                                        (preservesHost ? filters.preserveHostHeader() : filters).filter(softDelete))
                                .uri(upstream))
                .build()
                .getRoutes()
                .toStream()
                .toList();
        return one.getFirst();
    }

    private Optional<URI> upstreamOf(ServerWebExchange exchange) {
        return policies.of(exchange)
                .matcher()
                .upstreamFor(exchange.getRequest().getURI().getRawPath())
                .or(() -> defaultUpstream);
    }
}
