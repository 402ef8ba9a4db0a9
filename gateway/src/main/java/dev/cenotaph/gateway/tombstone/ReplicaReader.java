package dev.cenotaph.gateway.tombstone;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on what other replicas changed: at once where it hears of a change, every second in any case. Knows how old memory
 * may be.
 */
final class ReplicaReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaReader.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final TombstoneStore store;
    private final TombstoneMemory memory;
    private final Clock clock;
    private final Duration staleness;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Engine.Listening listening;
    private volatile Moment current;
    private volatile boolean closed;
    private boolean failing;

    /** A moment on two clocks: either may stand still while a process, or its machine, is paused. */
    private record Moment(long nanos, long millis) {
        Duration ago(Moment before) {
            long byNanos = TimeUnit.NANOSECONDS.toMillis(nanos - before.nanos);
            return Duration.ofMillis(Math.max(byNanos, millis - before.millis));
        }
    }

    private ReplicaReader(TombstoneStore store, TombstoneMemory memory, Clock clock, Duration staleness) {
        this.store = store;
        this.memory = memory;
        this.clock = clock;
        this.staleness = staleness;
        this.current = now();
        this.listening = store.listen(wakeUps::release);
    }

    /**
     * Begins to read on.
     *
     * @param memory just loaded
     * @param staleness how old memory may be and still count as current
     */
    static ReplicaReader start(TombstoneStore store, TombstoneMemory memory, Clock clock, Duration staleness) {
        ReplicaReader reader = new ReplicaReader(store, memory, clock, staleness);
        // Not a virtual thread: those of Java 21 hold on to their carrier inside the driver.
        Thread.ofPlatform().daemon().name("cenotaph-store-reader").start(reader::run);
        return reader;
    }

    /** Whether memory held the changes of all replicas at some moment not longer ago than the staleness. */
    boolean isCurrent() {
        return now().ago(current).compareTo(staleness) <= 0;
    }

    /** Reads on at once. */
    void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {
        closed = true;
        listening.close();
        wakeUp();
    }

    private void run() {
        try {
            while (!closed) {
                readOn();
                if (wakeUps.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOn() {
        try {
            Moment began = now();
            memory.readOn(store);
            current = began;
            succeeded();
        } catch (RuntimeException failed) {
            failed(failed);
        }
    }

    private void succeeded() {
        if (failing) {
            LOG.info("the tombstone store can be read again, and memory has caught up");
            failing = false;
        }
    }

    /** Whatever it was, there is nothing to do but to try again. */
    private void failed(RuntimeException failure) {
        if (!failing && !closed) {
            LOG.warn("changes of other replicas cannot be read, and will be tried for every second", failure);
            failing = true;
        }
    }

    private Moment now() {
        return new Moment(System.nanoTime(), clock.millis());
    }
}
