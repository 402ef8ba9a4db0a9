package dev.cenotaph.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP as bytes, for requests that no decent client would send. */
public final class RawClient {
    private static final int PATIENCE_MILLIS = 20_000;

    private RawClient() {}

    /** Sends the request, one byte a char, and gives everything that came until the other side closed. */
    public static String exchange(int port, String request) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
