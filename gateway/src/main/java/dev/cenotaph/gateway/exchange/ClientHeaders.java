package dev.cenotaph.gateway.exchange;

import dev.cenotaph.policy.operation.CallerHeaders;
import java.util.ArrayList;
import org.springframework.http.HttpHeaders;

/** A client's headers, made fit for a governed request. */
public final class ClientHeaders {
    private ClientHeaders() {}

    /**
     * Takes out what {@code Connection} lists, that header itself (RFC 9110 §7.6.1), offers of another protocol, and
     * overrides of method and path, which are judged by now. Whatever is added afterwards, no {@code Connection} header
     * can strip.
     */
    public static void clean(HttpHeaders headers) {
        for (String listed : headers.getConnection()) {
            headers.remove(listed);
        }
        for (String name : new ArrayList<>(headers.headerNames())) {
            if (!CallerHeaders.isForwarded(name)) {
                headers.remove(name);
            }
        }
    }
}
