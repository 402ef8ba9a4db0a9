package dev.cenotaph.load.speed.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks at a fixed rate, whether it is answered or not. A latency begins when the request was due, so that a target that
 * stalls is charged for the requests that it kept waiting.
 */
public final class PacedGenerator {
    private static final int BUFFER = 1 << 18;
    private static final long GRACE_SECONDS = 10;
    private static final long TICK_MILLIS = 20;
    private static final double NANOS_IN_SECOND = 1e9;

    private final InetSocketAddress address;
    private final int connections;

    /** @param connections so many that one of them is always free while the target keeps up */
    public PacedGenerator(InetSocketAddress address, int connections) {
        this.address = address;
        this.connections = connections;
    }

    /** @param rate requests a second */
    public Reading run(Script script, double rate, Duration time) throws InterruptedException {
        try (Selector selector = Selector.open()) {
            var run = new Run(selector);
            run.open();
            Thread reader = Thread.ofPlatform().name("reader").start(run::read);
            long begun = System.nanoTime();
            run.send(script, rate, begun, time);
            run.awaitAnswers();
            long took = System.nanoTime() - begun;
            run.finished = true;
            reader.join();
            run.close();
            return run.recorder.reading(took);
        } catch (IOException e) {
            throw new UncheckedIOException("At " + address, e);
        }
    }

    /** One run. Its reader alone touches the recorder until it has ended. */
    private final class Run {
        private final Selector selector;
        private final Recorder recorder = new Recorder();
        private final List<Connection> all = new ArrayList<>();
        private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

        private volatile boolean finished;

        private Run(Selector selector) {
            this.selector = selector;
        }

        private void open() throws IOException {
            for (int i = 0; i < connections; i++) {
                var connection = new Connection(address, selector);
                all.add(connection);
                idle.add(connection);
            }
        }

        private void send(Script script, double rate, long begun, Duration time)
                throws IOException, InterruptedException {
            long requests = Math.round(rate * time.toNanos() / NANOS_IN_SECOND);
            for (long i = 0; i < requests; i++) {
                long due = begun + Math.round(i * NANOS_IN_SECOND / rate);
                awaitTime(due);
                Connection free = idle.poll(GRACE_SECONDS, TimeUnit.SECONDS);
                Request next = script.next();
                if (next == null) {
                    return;
                }
                if (free == null) {
                    throw new IOException("no answer within " + GRACE_SECONDS + " s");
                }
                free.send(next, due);
            }
        }

        private void awaitAnswers() throws IOException, InterruptedException {
            for (int i = 0; i < connections; i++) {
                if (idle.poll(GRACE_SECONDS, TimeUnit.SECONDS) == null) {
                    throw new IOException("no answer within " + GRACE_SECONDS + " s");
                }
            }
        }

        private void read() {
            try {
                while (!finished) {
                    selector.select(this::read, TICK_MILLIS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("At " + address, e);
            }
        }

        private void read(SelectionKey key) {
            var connection = (Connection) key.attachment();
            try {
                if (connection.read(buffer, recorder)) {
                    idle.add(connection);
                }
            } catch (IOException | IllegalStateException e) {
                recorder.failed(String.valueOf(e.getMessage()));
                replace(connection);
            }
        }

        private void replace(Connection broken) {
            try {
                idle.remove(broken);
                broken.close();
                var connection = new Connection(address, selector);
                all.add(connection);
                idle.add(connection);
            } catch (IOException e) {
                throw new UncheckedIOException("At " + address, e);
            }
        }

        private void close() throws IOException {
            for (Connection connection : all) {
                connection.close();
            }
        }

        private static void awaitTime(long due) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
