package dev.cenotaph.gateway.filter;

import java.net.URI;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The two paths of a request: as it came, and as it goes on.
 *
 * @param target the upstream's URL, in the very form that the routing filter sends
 * @param received the raw path as the client sent it
 */
record RequestPaths(URI target, String received) {

    static RequestPaths of(ServerWebExchange exchange) {
        URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        URI ascii = URI.create(url.toASCIIString());
        return new RequestPaths(ascii, received(exchange.getRequest()));
    }

    String forwarded() {
        String path = target.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String received(ServerHttpRequest request) {
        Object original = ServerHttpRequestDecorator.getNativeRequest(request);
        String wire = original instanceof HttpServerRequest netty
                ? netty.uri()
                : request.getURI().getRawPath();
        int query = wire.indexOf('?');
        String path = query < 0 ? wire : wire.substring(0, query);
        int authority = path.indexOf("://");
        if (path.startsWith("/") || authority < 0) {
            return path;
        }
        int slash = path.indexOf('/', authority + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }
}
