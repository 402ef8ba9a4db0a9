package dev.cenotaph.gateway.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Counts and times requests under the name and tags that Spring Cloud Gateway gives those of its chain. Methods of nobody's
 * standard count as one, so that no client can make meters.
 */
final class RequestMeters {
    private static final String CUSTOM = "CUSTOM";

    private record Key(URI upstream, HttpMethod method, int status) {}

    private final MeterRegistry registry;
    private final String name;
    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

    /** @param prefix of the name {@code requests} */
    RequestMeters(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.name = prefix + ".requests";
    }

    Mono<Void> recorded(ServerWebExchange exchange, URI upstream, Mono<Void> handled) {
        long start = System.nanoTime();
        ServerHttpResponse response = exchange.getResponse();
        return handled.doFinally(end -> {
            if (end == SignalType.ON_ERROR && !response.isCommitted()) {
                // Who makes an answer of the failure tells its status.
                response.beforeCommit(() -> Mono.fromRunnable(() -> record(exchange, upstream, start)));
            } else {
                record(exchange, upstream, start);
            }
        });
    }

    private void record(ServerWebExchange exchange, URI upstream, long start) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        timer(upstream, exchange.getRequest().getMethod(), status == null ? 200 : status.value())
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    /** The timer of such answers. */
    Timer timer(URI upstream, HttpMethod method, int status) {
        return timers.computeIfAbsent(new Key(upstream, known(method), status), this::timer);
    }

    private Timer timer(Key key) {
        HttpStatus status = HttpStatus.resolve(key.status());
        return Timer.builder(name)
                .tag("httpMethod", key.method().name())
                .tag("httpStatusCode", Integer.toString(key.status()))
                .tag("outcome", status == null ? CUSTOM : status.series().name())
                .tag("status", status == null ? CUSTOM : status.name())
                .tag("routeId", key.upstream().toString())
                .tag("routeUri", key.upstream().toString())
                .register(registry);
    }

    private static HttpMethod known(HttpMethod method) {
        for (HttpMethod standard : HttpMethod.values()) {
            if (standard.equals(method)) {
                return standard;
            }
        }
        return HttpMethod.valueOf(CUSTOM);
    }
}
