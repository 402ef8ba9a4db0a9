package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.operation.PathOverrides;
import java.net.URI;
import java.util.List;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The paths of a request: as it came, and as it goes on.
 *
 * @param target the upstream's URL, in the very form that the routing filter sends
 * @param received the raw path as the client sent it
 * @param claimed other raw paths that its headers name
 */
record RequestPaths(URI target, String received, List<String> claimed) {

    static RequestPaths of(ServerWebExchange exchange) {
        URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        URI ascii = URI.create(url.toASCIIString());
        String received = received(exchange.getRequest());
        return new RequestPaths(ascii, received, claimed(exchange.getRequest().getHeaders(), received));
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
        return pathOf(wire);
    }

    private static List<String> claimed(HttpHeaders headers, String received) {
        return headers.headerNames().stream()
                .filter(PathOverrides::isOverride)
                .flatMap(name -> headers.getOrEmpty(name).stream())
                .map(value -> pathOf(value.strip()))
                .filter(path -> !path.equals(received))
                .toList();
    }

    private static String pathOf(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        int authority = path.indexOf("://");
        if (path.startsWith("/") || authority < 0) {
            return path;
        }
        int slash = path.indexOf('/', authority + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }
}
