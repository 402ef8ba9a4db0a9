package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What flows by and corrects the index, kept until there is time to write it down. Bounded: what does not fit is
 * dropped, for the upstream will show it again.
 */
public final class Lessons implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);
    private static final int CAPACITY = 10_000;

    private final Tombstones tombstones;
    // Not a blocking queue: who offers holds an event loop, and would wait for its lock.
    private final Queue<Mono<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(CAPACITY);
    private final Semaphore offered = new Semaphore(0);
    private final Thread writer = Thread.ofVirtual().name("cenotaph-lessons").unstarted(this::write);

    public Lessons(Tombstones tombstones) {
        this.tombstones = tombstones;
        writer.start();
    }

    /** An item was seen trashed in an answer to a request sent after {@code observed}. */
    public void sawTrashed(long observed, Deletion deletion) {
        offer(tombstones.learnTrashed(observed, deletion));
    }

    /** An item was seen live in an answer to a request sent after {@code observed}. */
    public void sawLive(long observed, ItemKey key, Trace trace) {
        offer(tombstones.learnLive(observed, key, trace));
    }

    private void offer(Mono<?> lesson) {
        if (!room.tryAcquire()) {
            LOG.debug("more to learn than there is room for; the upstream will show it again");
            return;
        }
        waiting.add(lesson);
        offered.release();
    }

    private void write() {
        try {
            while (true) {
                offered.acquire();
                room.release();
                Mono<?> lesson = waiting.remove();
                lesson.onErrorComplete(failure -> {
                            LOG.warn("could not learn what the upstream showed: {}", failure.toString());
                            return true;
                        })
                        .block();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
