package dev.cenotaph.gateway.filter;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream that accepts everything: every path holds a live item, but for the collections, which are empty. It works
 * on bytes, so that nothing between the wire and the test tidies up a request.
 */
final class CarelessUpstream implements AutoCloseable {
    private static final Pattern MARKER = Pattern.compile("\"deleted_at\":(null|\"[^\"]*\")");

    private final ServerSocket listener;
    private final List<String> collections;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final Map<String, String> markers = new ConcurrentHashMap<>();

    CarelessUpstream(String... collections) {
        this.collections = List.of(collections);
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Every whole request so far, in order. */
    List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    void forget() {
        arrived.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<Arrived> request = Arrived.read(in);
            while (request.isPresent()) {
                arrived.add(request.get());
                answer(request.get(), socket.getOutputStream());
                request = Arrived.read(in);
            }
        } catch (IOException e) {
            // The gateway left.
        }
    }

    private void answer(Arrived request, OutputStream out) throws IOException {
        String body = body(request);
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        String text = request.method().equals("HEAD") ? head : head + body;
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private String body(Arrived request) {
        String path = request.path();
        if (collections.contains(path)) {
            return "[]";
        }
        Matcher marker = MARKER.matcher(request.body());
        if (request.method().equals("PATCH") && marker.find()) {
            markers.put(path, marker.group(1));
        }
        String id = path.substring(path.lastIndexOf('/') + 1).replace("\"", "").replace("\\", "");
        return "{\"id\":\"" + id + "\",\"deleted_at\":" + markers.getOrDefault(path, "null") + "}";
    }
}
