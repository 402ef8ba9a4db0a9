package dev.cenotaph.gateway.proxy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** The management endpoints' own port, if they have one: its server shares our beans, and forwards nothing. */
final class ManagementPort implements ApplicationListener<WebServerInitializedEvent> {
    private volatile int port;

    boolean isAt(@Nullable SocketAddress local) {
        return port > 0 && local instanceof InetSocketAddress address && address.getPort() == port;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            port = event.getWebServer().getPort();
        }
    }
}
