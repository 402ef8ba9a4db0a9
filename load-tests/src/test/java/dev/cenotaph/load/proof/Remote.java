package dev.cenotaph.load.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The proof's end of the line to {@link CrashPoints} in the gateway's process. */
final class Remote implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final ServerSocket server;
    private final Map<String, CompletableFuture<Void>> armed = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> stopped = new ConcurrentHashMap<>();
    private @Nullable PrintWriter orders;

    Remote() {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            server.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /**
     * Waits for a gateway that has just been started, and lets it go on.
     *
     * @param beforehand moments by item, armed before it starts
     * @return what completes when an operation on that item is stopped
     */
    Map<String, CompletableFuture<Void>> meet(Map<String, String> beforehand) throws IOException {
        armed.clear();
        stopped.clear();
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        var writer = new PrintWriter(socket.getOutputStream(), true, UTF_8);
        orders = writer;
        beforehand.keySet().forEach(item -> stopped.put(item, new CompletableFuture<>()));
        Map<String, CompletableFuture<Void>> awaited = Map.copyOf(stopped);
        Thread.ofVirtual().start(() -> listen(socket));
        beforehand.forEach((item, moment) -> writer.println("arm " + item + " " + moment));
        writer.println("go");
        return awaited;
    }

    /** Completes when an operation on the item is stopped. Returns when the gateway knows. */
    CompletableFuture<Void> arm(Item item, String moment) {
        var reached = new CompletableFuture<Void>();
        var known = new CompletableFuture<Void>();
        stopped.put(item.path(), reached);
        armed.put(item.path(), known);
        PrintWriter writer = orders;
        if (writer == null) {
            throw new IllegalStateException("No gateway has been met");
        }
        writer.println("arm " + item.path() + " " + moment);
        known.join();
        return reached;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(Socket socket) {
        try (socket;
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                CompletableFuture<Void> waiting = (words[0].equals("armed") ? armed : stopped).remove(words[1]);
                if (waiting != null) {
                    waiting.complete(null);
                }
            }
        } catch (IOException killed) {
            // That is what happens to it.
        }
    }
}
