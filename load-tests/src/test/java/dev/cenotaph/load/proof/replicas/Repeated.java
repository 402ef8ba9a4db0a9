package dev.cenotaph.load.proof.replicas;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does a thing again and again on a thread of its own, until closed. */
final class Repeated implements AutoCloseable {
    private final Thread thread;
    private final AtomicInteger times = new AtomicInteger();
    private volatile boolean over;

    private Repeated(int millis, Step step) {
        this.thread = Thread.ofPlatform().daemon().start(() -> run(millis, step));
    }

    /** A thing that may fail, and is then tried again. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    static Repeated every(int millis, Step step) {
        return new Repeated(millis, step);
    }

    void requireEffect() {
        if (times.get() == 0) {
            throw new IllegalStateException("It never worked");
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(int millis, Step step) {
        while (!over) {
            try {
                step.run();
                times.incrementAndGet();
            } catch (Exception failed) {
                System.err.println("tried again: " + failed);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
