package dev.cenotaph.gateway.proxy;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/** Ends requests whose clients stopped sending in the middle; there is no setting of Spring's for it. */
final class ClientTimeouts implements NettyServerCustomizer {
    private final Duration read;
    private final Duration request;

    /**
     * Bounds, none where zero.
     *
     * @param read between two pieces of one request
     * @param request for all of it
     */
    ClientTimeouts(Duration read, Duration request) {
        this.read = read;
        this.request = request;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        HttpServer reading = read.isZero() ? server : server.readTimeout(read);
        return request.isZero() ? reading : reading.requestTimeout(request);
    }
}
