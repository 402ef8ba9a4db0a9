package dev.cenotaph.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut: all of it, or one answer. */
public final class TcpProxy implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> swallowing = ConcurrentHashMap.newKeySet();
    private final Set<Socket> muted = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile String awaited = "";
    private volatile boolean swallowed;

    public TcpProxy(int serverPort) {
        try {
            this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("proxy").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Breaks every connection, and refuses new ones. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::close);
    }

    public void heal() {
        cut = false;
    }

    /** Waits for a request that holds this text, hands on the next one of its connection, and breaks before the answer. */
    public void swallowAnswerAfter(String text) {
        swallowed = false;
        awaited = text;
    }

    /** Whether the answer that was to be swallowed came and was. */
    public boolean hasSwallowed() {
        return swallowed;
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    close(client);
                } else {
                    connect(client);
                }
            } catch (IOException refused) {
                // The client sees it; and a closed door ends the loop.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        open.add(client);
        open.add(upstream);
        upstream.connect(server, TIMEOUT_MILLIS);
        Thread.ofPlatform().daemon().start(() -> copy(client, upstream, true));
        Thread.ofPlatform().daemon().start(() -> copy(upstream, client, false));
    }

    private void copy(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (requests) {
                    look(buffer, length, to);
                } else if (muted.remove(from)) {
                    swallowed = true;
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException broken) {
            // Both ends are closed, which is what the other side has to see.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private synchronized void look(byte[] request, int length, Socket server) {
        if (swallowing.remove(server)) {
            muted.add(server);
        } else if (!awaited.isEmpty()
                && new String(request, 0, length, StandardCharsets.ISO_8859_1).contains(awaited)) {
            awaited = "";
            swallowing.add(server);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is what was wanted.
        }
    }
}
