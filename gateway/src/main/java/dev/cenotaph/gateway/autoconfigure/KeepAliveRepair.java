package dev.cenotaph.gateway.autoconfigure;

import io.netty.channel.Channel;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.ConnectionObserver.State;
import reactor.netty.http.server.HttpServer;

/**
 * Reads on after each answer. Reactor Netty 1.3.7 forgets to, where a request was waiting for the one before it and is
 * then answered at once, as gone answers are: the connection stays open and deaf
 * (<a href="https://github.com/reactor/reactor-netty/issues/4361">#4361</a>, mended in 1.3.8). One read too many is harmless.
 */
final class KeepAliveRepair implements NettyServerCustomizer {

    @Override
    public HttpServer apply(HttpServer server) {
        return server.childObserve((connection, state) -> {
            if (state == State.DISCONNECTING) {
                Channel channel = connection.channel();
                channel.eventLoop().execute(channel::read);
            }
        });
    }
}
