package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.operation.MethodOverrides;
import java.util.ArrayList;
import org.springframework.http.HttpHeaders;

/** A client's headers, made fit for a governed request. */
public final class ClientHeaders {
    private ClientHeaders() {}

    /**
     * Takes out what {@code Connection} lists, that header itself (RFC 9110 §7.6.1), and method overrides, which are
     * judged by now. Whatever is added afterwards, no {@code Connection} header can strip.
     */
    public static void clean(HttpHeaders headers) {
        for (String listed : headers.getConnection()) {
            headers.remove(listed);
        }
        headers.remove(HttpHeaders.CONNECTION);
        headers.remove("Proxy-Connection");
        for (String name : new ArrayList<>(headers.headerNames())) {
            if (MethodOverrides.isOverride(name)) {
                headers.remove(name);
            }
        }
    }
}
