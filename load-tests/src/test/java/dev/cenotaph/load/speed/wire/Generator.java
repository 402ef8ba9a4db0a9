package dev.cenotaph.load.speed.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Asks as fast as it is answered: each connection sends its next request when the last one is answered. One thread does
 * it all, since the machine is shared with what is measured.
 */
public final class Generator {
    private static final int BUFFER = 1 << 18;
    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long TICK_MILLIS = 100;

    private final InetSocketAddress address;
    private final int connections;

    public Generator(InetSocketAddress address, int connections) {
        this.address = address;
        this.connections = connections;
    }

    /** Asks for as long as is said, or until the script ends. */
    public Reading run(Script script, Duration time) {
        try (Selector selector = Selector.open()) {
            return new Run(selector, script, time).toTheEnd();
        } catch (IOException e) {
            throw new UncheckedIOException("At " + address, e);
        }
    }

    /** One run, from its first request to its last answer. */
    private final class Run {
        private final Selector selector;
        private final Script script;
        private final Recorder recorder = new Recorder();
        private final Set<Connection> busy = new HashSet<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        private final long begun = System.nanoTime();
        private final long end;

        private Run(Selector selector, Script script, Duration time) {
            this.selector = selector;
            this.script = script;
            this.end = begun + time.toNanos();
        }

        private Reading toTheEnd() throws IOException {
            for (int i = 0; i < connections; i++) {
                ask(new Connection(address, selector));
            }
            while (!busy.isEmpty() && System.nanoTime() < end + GRACE_NANOS) {
                selector.select(this::read, TICK_MILLIS);
            }
            for (Connection late : busy) {
                recorder.failed("no answer " + Duration.ofNanos(GRACE_NANOS) + " after the end");
                late.close();
            }
            return recorder.reading(System.nanoTime() - begun);
        }

        private void read(SelectionKey key) {
            var connection = (Connection) key.attachment();
            try {
                if (connection.read(buffer, recorder)) {
                    busy.remove(connection);
                    ask(connection);
                }
            } catch (IOException | IllegalStateException e) {
                recorder.failed(String.valueOf(e.getMessage()));
                replace(connection);
            }
        }

        private void replace(Connection broken) {
            try {
                busy.remove(broken);
                broken.close();
                ask(new Connection(address, selector));
            } catch (IOException e) {
                throw new UncheckedIOException("At " + address, e);
            }
        }

        private void ask(Connection connection) throws IOException {
            long now = System.nanoTime();
            Request next = now < end ? script.next() : null;
            if (next == null) {
                connection.close();
                return;
            }
            busy.add(connection);
            connection.send(next, now);
        }
    }
}
