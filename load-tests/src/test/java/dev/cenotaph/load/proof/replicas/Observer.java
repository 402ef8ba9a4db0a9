package dev.cenotaph.load.proof.replicas;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Changes items through one replica, and asks the others until they know; whatever they say before is stale. */
final class Observer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int GONE = 410;
    private static final int SHOWN = 200;

    private final Replica changed;
    private final List<Replica> probed;
    private final ExecutorService threads;

    Observer(Replica changed, List<Replica> probed, ExecutorService threads) {
        this.changed = changed;
        this.probed = probed;
        this.threads = threads;
    }

    /**
     * Trashes an item and restores it.
     *
     * @param item its path; it is live before and after
     * @param staleness of both changes is added to it
     * @return whether both were acknowledged
     */
    boolean round(String item, Staleness staleness) {
        return change("DELETE", item, "", 204, GONE, staleness)
                && change("POST", item, ":undelete", 200, SHOWN, staleness);
    }

    private boolean change(String method, String item, String verb, int done, int expected, Staleness staleness) {
        if (changed.send(method, item + verb) != done) {
            return false;
        }
        long acknowledged = System.nanoTime();
        List<CompletableFuture<Void>> probes = probed.stream()
                .map(replica -> CompletableFuture.runAsync(
                        () -> probe(replica, item, expected, acknowledged, staleness), threads))
                .toList();
        probes.forEach(CompletableFuture::join);
        return true;
    }

    private static void probe(Replica replica, String item, int expected, long acknowledged, Staleness staleness) {
        long lastStale = acknowledged;
        long stale = 0;
        long answers = 0;
        long unanswered = 0;
        boolean fresh = false;
        while (!fresh && System.nanoTime() - acknowledged < PATIENCE.toNanos()) {
            int status = replica.send("GET", item);
            answers++;
            fresh = status == expected;
            if (status == GONE + SHOWN - expected) {
                stale++;
                lastStale = System.nanoTime();
            } else if (!fresh) {
                unanswered++;
            }
        }
        staleness.add(lastStale - acknowledged, stale, answers, unanswered);
    }
}
