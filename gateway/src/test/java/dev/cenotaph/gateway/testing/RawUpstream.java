package dev.cenotaph.gateway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An upstream that writes its answers as bytes: broken, slow, endless or odd ones too. One thread a connection. */
public final class RawUpstream implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int PATIENCE_SECONDS = 60;

    /**
     * A request as it arrived.
     *
     * @param head everything before the body, one char a byte
     * @param body without the framing of chunks
     */
    public record Asked(String head, byte[] body) {
        public String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        public String method() {
            return line().substring(0, line().indexOf(' '));
        }

        public String uri() {
            return line().substring(line().indexOf(' ') + 1, line().lastIndexOf(' '));
        }

        /** All values of a header, in order. */
        public List<String> header(String name) {
            return head.lines()
                    .skip(1)
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    /** Answers one request. Returning keeps the connection. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Asked asked, Wire wire) throws IOException;
    }

    /** The way back. */
    public static final class Wire {
        private final Socket socket;
        private final OutputStream out;

        private Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        /** Writes text, one byte a char. */
        public Wire write(String text) throws IOException {
            return write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Wire write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** Writes one chunk of a chunked body. */
        public Wire chunk(String text) throws IOException {
            return write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        /** Ends the connection as a crash does, with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        public void close() throws IOException {
            socket.close();
        }
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = (request, wire) -> wire.write(response("200 OK", "", ""));

    private RawUpstream() throws IOException {
        server = new ServerSocket(0, BACKLOG, InetAddress.getByName("localhost"));
        Thread.ofVirtual().name("raw-upstream").start(this::accept);
    }

    public static RawUpstream start() {
        try {
            return new RawUpstream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole response with a {@code Content-Length}; {@code headers} are whole lines. */
    public static String response(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n" + headers + "\r\n" + body;
    }

    /** Waits, in a behaviour, for what a test has to do first. */
    public static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    public void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections that neither side has closed. */
    public int openConnections() {
        return open.size();
    }

    /** Everything that arrived so far, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked lastAsked() {
        return asked.getLast();
    }

    public void forget() {
        asked.clear();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("raw-upstream-connection").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            open.clear();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                var request = new Asked(head, new byte[0]);
                request = new Asked(head, body(request, in));
                asked.add(request);
                behaviour.answer(request, new Wire(socket));
            }
        } catch (IOException gone) {
            // The other side left, or a behaviour closed the connection.
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (next == '\n'
                    && head.length() >= 4
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static byte[] body(Asked request, InputStream in) throws IOException {
        if (!request.header("Transfer-Encoding").isEmpty()) {
            return chunked(in);
        }
        Stream<String> length = request.header("Content-Length").stream();
        return in.readNBytes(length.findFirst().map(Integer::parseInt).orElse(0));
    }

    private static byte[] chunked(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(length));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
