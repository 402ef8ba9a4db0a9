package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Reads keys from their texts on a thread of its own, while the next texts come out of the database. */
final class KeyReader implements AutoCloseable {
    private static final int BATCH = 4_096;
    private static final int BATCHES_AHEAD = 8;

    private final Consumer<ItemKey> consumer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("cenotaph-index").factory());
    private final Queue<CompletableFuture<Void>> ahead = new ArrayDeque<>();
    private List<String> batch = new ArrayList<>(BATCH);

    /** @param consumer called on one thread, in the order of the texts */
    KeyReader(Consumer<ItemKey> consumer) {
        this.consumer = consumer;
    }

    /** @param text as {@link KeyText#key} reads it */
    void add(String text) {
        batch.add(text);
        if (batch.size() == BATCH) {
            handOver();
        }
        if (ahead.size() > BATCHES_AHEAD) {
            Objects.requireNonNull(ahead.remove()).join();
        }
    }

    /** Waits until every key was consumed; fails as the consumer did. */
    void finish() {
        handOver();
        ahead.forEach(CompletableFuture::join);
    }

    /** Nothing more is consumed. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void handOver() {
        List<String> full = batch;
        ahead.add(CompletableFuture.runAsync(() -> full.forEach(text -> consumer.accept(KeyText.key(text))), thread));
        batch = new ArrayList<>(BATCH);
    }
}
