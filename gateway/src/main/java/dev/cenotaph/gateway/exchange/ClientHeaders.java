package dev.cenotaph.gateway.exchange;

import dev.cenotaph.policy.operation.MethodOverrides;
import dev.cenotaph.policy.operation.PathOverrides;
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
        headers.remove(HttpHeaders.CONNECTION);
        headers.remove("Proxy-Connection");
        headers.remove(HttpHeaders.UPGRADE);
        headers.remove("HTTP2-Settings");
        for (String name : new ArrayList<>(headers.headerNames())) {
            if (isOverride(name)) {
                headers.remove(name);
            }
        }
    }

    /** Whether a header of this name makes some upstream see another method or path than the request line's. */
    public static boolean isOverride(String name) {
        return MethodOverrides.isOverride(name) || PathOverrides.isOverride(name);
    }
}
