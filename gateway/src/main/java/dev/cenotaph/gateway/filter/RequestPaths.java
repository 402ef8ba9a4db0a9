package dev.cenotaph.gateway.filter;

import dev.cenotaph.policy.operation.PathOverrides;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The paths of a request: as it came, and as it goes on.
 *
 * @param target the upstream's URL, in the very form that the routing filter sends
 * @param received the raw path as the client sent it
 * @param claimed other raw paths that its headers name
 */
record RequestPaths(URI target, String received, List<String> claimed) {

    static RequestPaths of(ServerHttpRequest request, URI target) {
        String received = received(request);
        return new RequestPaths(ascii(target), received, claimed(request.getHeaders(), received));
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
        var claimed = new ArrayList<String>(0);
        for (String name : headers.headerNames()) {
            if (PathOverrides.isOverride(name)) {
                headers.getOrEmpty(name).stream()
                        .map(value -> pathOf(value.strip()))
                        .filter(path -> !path.equals(received))
                        .forEach(claimed::add);
            }
        }
        return claimed;
    }

    private static URI ascii(URI url) {
        String text = url.toString();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return URI.create(url.toASCIIString());
            }
        }
        return url;
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
