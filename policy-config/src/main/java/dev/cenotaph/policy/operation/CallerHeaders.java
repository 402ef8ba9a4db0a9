package dev.cenotaph.policy.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Which of a client's headers an upstream is shown. Names in any case. */
public final class CallerHeaders {
    /** Of one connection, or an offer to leave HTTP (RFC 9110 §7.6.1, §7.8). */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "proxy-connection", "upgrade", "http2-settings");

    /** What speaks of the client's own body, connection or cached copy, and not of who the client is. */
    private static final Set<String> OF_THE_REQUEST = Set.of(
            "accept",
            "accept-encoding",
            "content-digest",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-md5",
            "content-range",
            "content-type",
            "digest",
            "expect",
            "host",
            "idempotency-key",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "keep-alive",
            "prefer",
            "range",
            "repr-digest",
            "te",
            "trailer",
            "transfer-encoding");

    /** What a call of our own has its own of, or cannot have. */
    private static final Set<String> OF_THE_CALL = Set.of(
            "accept-encoding",
            "content-length",
            "expect",
            "host",
            "if-range",
            "keep-alive",
            "range",
            "te",
            "trailer",
            "transfer-encoding");

    private CallerHeaders() {}

    /**
     * Whether a governed request is forwarded with a header of this name. Where not, it is the connection's, or an override
     * that is judged by now. What {@link #listed} names is not forwarded either.
     */
    public static boolean isForwarded(String name) {
        return !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)) && !isOverride(name);
    }

    /** Whether it says who the client is, so that calls made on the client's behalf carry it, too. */
    public static boolean isOfTheCaller(String name) {
        return isForwarded(name) && !OF_THE_REQUEST.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether it goes with the client's own body and conditions, should we be the ones to send them. */
    public static boolean isOfTheWrite(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_THE_REQUEST.contains(lower) && !OF_THE_CALL.contains(lower);
    }

    /** The names that one value of {@code Connection} lists. */
    public static Stream<String> listed(String connection) {
        return Arrays.stream(connection.split(",")).map(String::strip).filter(name -> !name.isEmpty());
    }

    /** Whether a header of this name makes some upstream see another method or path than the request line's. */
    public static boolean isOverride(String name) {
        return MethodOverrides.isOverride(name) || PathOverrides.isOverride(name);
    }
}
