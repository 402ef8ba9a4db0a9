package dev.cenotaph.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.policy.operation.CallerHeaders;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;

/** Where calls of our own start: the gateway's own HTTP client, and the bounds that hold for every call. */
public final class UpstreamClient {
    private final HttpClient client;
    private final ObjectProvider<List<HttpHeadersFilter>> headersFilters;
    private final OwnCredentials credentials;
    private final Duration timeout;
    private final int bodyLimit;

    /**
     * A client.
     *
     * @param credentials for calls that have no caller
     * @param timeout for one call, from the first byte sent to the last received
     * @param bodyLimit for one answer, in bytes
     */
    public UpstreamClient(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            OwnCredentials credentials,
            Duration timeout,
            int bodyLimit) {
        this.client = client;
        this.headersFilters = headersFilters;
        this.credentials = credentials;
        this.timeout = timeout;
        this.bodyLimit = bodyLimit;
    }

    /**
     * The upstream as this caller may use it. Everything that the calls need of the request is copied now, so that they
     * may outlive it.
     */
    public CallerUpstream as(ServerWebExchange exchange) {
        HttpHeaders forwarded = HttpHeadersFilter.filterRequest(headersFilters.getIfAvailable(), exchange);
        var own = new HttpHeaders();
        Set<String> listed = Set.copyOf(exchange.getRequest().getHeaders().getConnection().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
        forwarded.forEach((name, values) -> {
            if (CallerHeaders.isOfTheCaller(name) && !listed.contains(name.toLowerCase(Locale.ROOT))) {
                own.addAll(name, values);
            }
        });
        boolean preserveHost =
                Boolean.TRUE.equals(exchange.getAttribute(ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE));
        Optional<String> host = preserveHost
                ? Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(HttpHeaders.HOST))
                : Optional.empty();
        return new CallerUpstream(client, own, host, timeout, bodyLimit);
    }

    /** How long one call may last. */
    public Duration timeout() {
        return timeout;
    }

    /** The upstream with the credentials that are set for it; empty where none are. */
    public Optional<CallerUpstream> own(URI upstream) {
        return credentials.headers(upstream).map(this::with);
    }

    /** Whether a caller presents the very credentials that are set for the upstream: whoever has those acts for the gateway. */
    public boolean isOwn(URI upstream, ServerWebExchange exchange) {
        return credentials
                .headers(upstream)
                .filter(own -> !own.isEmpty())
                .map(own -> own.entrySet().stream()
                        .allMatch(header -> isSame(header.getValue(), exchange, header.getKey())))
                .orElse(false);
    }

    private static boolean isSame(String value, ServerWebExchange exchange, String name) {
        List<String> presented = exchange.getRequest().getHeaders().getOrEmpty(name);
        return presented.size() == 1
                && MessageDigest.isEqual(
                        value.getBytes(UTF_8), presented.getFirst().getBytes(UTF_8));
    }

    /** An upstream as anybody may use it. */
    public CallerUpstream anonymous() {
        return with(Map.of());
    }

    private CallerUpstream with(Map<String, String> values) {
        var headers = new HttpHeaders();
        values.forEach(headers::set);
        return new CallerUpstream(client, headers, Optional.empty(), timeout, bodyLimit);
    }
}
