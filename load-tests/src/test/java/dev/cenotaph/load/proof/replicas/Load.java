package dev.cenotaph.load.proof.replicas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that trash and restore without end, each its own items through replicas in turn, and remember what they were told. */
final class Load implements AutoCloseable {
    private static final int BACK_OFF_MILLIS = 50;

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastAcknowledged = new AtomicLong();
    private final List<Future<?>> clients = new ArrayList<>();
    private final List<Replica> replicas;
    private volatile boolean over;

    private Load(List<Replica> replicas) {
        this.replicas = replicas;
    }

    /** @param items one for each client */
    static Load start(List<Replica> replicas, List<String> items, ExecutorService threads) {
        Load load = new Load(replicas);
        for (String item : items) {
            load.clients.add(threads.submit(() -> load.run(item)));
        }
        return load;
    }

    long changes() {
        return changes.get();
    }

    long refused() {
        return refused.get();
    }

    /** When the last change was acknowledged, as {@link System#nanoTime} has it. */
    long lastAcknowledged() {
        return lastAcknowledged.get();
    }

    /** Items whose state at a replica is another than the one that was acknowledged last; to be asked when the load is over. */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        acknowledged.forEach((item, status) -> {
            for (Replica replica : replicas) {
                int now = replica.send("GET", item);
                if (now != status) {
                    lost.add(item + " was " + status + " and is " + now);
                }
            }
        });
        return lost;
    }

    @Override
    public void close() {
        over = true;
        for (Future<?> client : clients) {
            try {
                client.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                throw new IllegalStateException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A change that was refused is not known to have happened or not: the item is left out until the next that is. */
    private void run(String item) {
        boolean trash = true;
        for (int turn = 0; !over; turn++) {
            Replica replica = replicas.get(turn % replicas.size());
            int status = trash ? replica.send("DELETE", item) : replica.send("POST", item + ":undelete");
            if (status == 204 || status == 200) {
                acknowledged.put(item, trash ? 410 : 200);
                changes.incrementAndGet();
                lastAcknowledged.set(System.nanoTime());
                trash = !trash;
            } else {
                acknowledged.remove(item);
                refused.incrementAndGet();
                if (status == 410) {
                    trash = false;
                } else if (status == 409 && !trash) {
                    trash = replica.send("GET", item) == 200;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
