package dev.cenotaph.load.speed.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A request as it goes over the wire.
 *
 * @param then is run once it was answered as expected
 */
public record Request(byte[] bytes, Expected expected, Runnable then) {
    public static Request get(String target, Expected expected) {
        return of("GET", target, expected);
    }

    /** A request without a body. */
    public static Request of(String method, String target, Expected expected) {
        return new Request((line(method, target) + "\r\n").getBytes(US_ASCII), expected, Request::nothing);
    }

    public static Request withBody(String method, String target, String type, String body, Expected expected) {
        String head =
                line(method, target) + "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return new Request((head + body).getBytes(US_ASCII), expected, Request::nothing);
    }

    public Request then(Runnable action) {
        return new Request(bytes, expected, action);
    }

    private static void nothing() {}

    private static String line(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: speed.test\r\nAccept: application/json\r\n";
    }
}
