package dev.cenotaph.gateway.proxy;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.resources.LoopResources;

/**
 * Connections to upstreams, a pool for each event loop: a request and its answer stay on the thread that the client's
 * connection lives on. The pool's bounds hold for each of these threads.
 */
final class UpstreamConnections {
    private final HttpClient shared;
    private final ConcurrentMap<EventLoop, HttpClient> ofLoops = new ConcurrentHashMap<>();

    UpstreamConnections(HttpClient client) {
        shared = client.followRedirect(false);
    }

    /** A client whose connections live beside the one that this request came by. */
    HttpClient beside(ServerHttpRequest request) {
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty) {
            EventLoop[] loop = new EventLoop[1];
            netty.withConnection(connection -> loop[0] = connection.channel().eventLoop());
            return ofLoops.computeIfAbsent(loop[0], this::on);
        }
        return shared;
    }

    /** The pool tells clients apart by their loops, so this one has connections of its own. */
    private HttpClient on(EventLoop loop) {
        LoopResources alone = useNative -> loop;
        return shared.runOn(alone);
    }
}
