package dev.cenotaph.load.proof;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does a thing for many at once, but not for all at once. */
final class Together {
    private static final int AT_ONCE = 8;

    private Together() {}

    /** What is done for one. */
    @FunctionalInterface
    interface Action<T> {
        void on(T one) throws IOException, InterruptedException;
    }

    /** @throws IOException if it fails for one */
    static <T> void each(Collection<T> all, Action<T> action) throws IOException, InterruptedException {
        List<Future<?>> done;
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            done = all.stream()
                    .<Future<?>>map(one -> threads.submit(() -> {
                        action.on(one);
                        return true;
                    }))
                    .toList();
        }
        for (Future<?> one : done) {
            require(one);
        }
    }

    private static void require(Future<?> done) throws IOException, InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IOException("One of many failed", e.getCause());
        }
    }
}
