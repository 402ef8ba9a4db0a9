package dev.cenotaph.gateway.proxy;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.resources.LoopResources;

/**
 * What all direct calls share: connections to upstreams, which headers pass, and how long an upstream may think.
 *
 * <p>There is a pool of connections for each event loop, so that a request and its answer stay on the thread that the
 * client's connection lives on. The pool's bounds hold for each of these threads.
 */
final class DirectTransport {
    private final HttpClient client;
    private final PassingHeaders requestHeaders;
    private final PassingHeaders answerHeaders;
    private final List<HttpHeadersFilter> headersFilters;
    private final List<MediaType> streamingTypes;
    private final Duration answerTimeout;
    private final ConcurrentMap<EventLoop, HttpClient> ofLoops = new ConcurrentHashMap<>();

    /**
     * A transport.
     *
     * @param headersFilters of the host's, besides those that the rules for passing headers stand for
     * @param streamingTypes of which each piece goes out as it comes
     * @param answerTimeout until an answer begins; zero for no bound
     */
    DirectTransport(
            HttpClient client,
            PassingHeaders requestHeaders,
            PassingHeaders answerHeaders,
            List<HttpHeadersFilter> headersFilters,
            List<MediaType> streamingTypes,
            Duration answerTimeout) {
        this.client = client.followRedirect(false);
        this.requestHeaders = requestHeaders;
        this.answerHeaders = answerHeaders;
        this.headersFilters = headersFilters;
        this.streamingTypes = streamingTypes;
        this.answerTimeout = answerTimeout;
    }

    /** A client whose connections live beside the one that this request came by. */
    HttpClient beside(ServerHttpRequest request) {
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty) {
            EventLoop[] loop = new EventLoop[1];
            netty.withConnection(connection -> loop[0] = connection.channel().eventLoop());
            return ofLoops.computeIfAbsent(loop[0], this::on);
        }
        return client;
    }

    Duration answerTimeout() {
        return answerTimeout;
    }

    /** Whether each piece of an answer goes out as it comes, as events do. */
    boolean isStreaming(HttpHeaders headers) {
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null
                && streamingTypes.stream()
                        .anyMatch(streaming -> type.regionMatches(
                                true,
                                0,
                                streaming.getType() + "/" + streaming.getSubtype(),
                                0,
                                streaming.getType().length()
                                        + 1
                                        + streaming.getSubtype().length()));
    }

    /** Adds the headers that the upstream gets. */
    void copyRequest(ServerWebExchange exchange, io.netty.handler.codec.http.HttpHeaders to) {
        HttpHeaders from = headersFilters.isEmpty()
                ? exchange.getRequest().getHeaders()
                : HttpHeadersFilter.filterRequest(headersFilters, exchange);
        requestHeaders.copyRequest(from, to);
    }

    /** Adds the headers that the client gets. */
    void copyAnswer(io.netty.handler.codec.http.HttpHeaders from, ServerWebExchange exchange) {
        HttpHeaders to = exchange.getResponse().getHeaders();
        if (headersFilters.isEmpty()) {
            List<String> names = answerHeaders.copyAnswer(from, to);
            exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, names);
            return;
        }
        var upstreams = new HttpHeaders();
        answerHeaders.copyAnswer(from, upstreams);
        HttpHeaders filtered =
                HttpHeadersFilter.filter(headersFilters, upstreams, exchange, HttpHeadersFilter.Type.RESPONSE);
        filtered.forEach(to::addAll);
        exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, filtered.headerNames());
    }

    /** The pool tells clients apart by their loops, so this one has connections of its own. */
    private HttpClient on(EventLoop loop) {
        LoopResources alone = useNative -> loop;
        return client.runOn(alone);
    }
}
