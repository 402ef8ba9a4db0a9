package dev.cenotaph.gateway.rebuild;

/** Lets so many calls a second through, evenly. */
final class Pace {
    private final long nanosBetween;
    private long next = System.nanoTime();

    Pace(double callsPerSecond) {
        if (!(callsPerSecond > 0)) {
            throw new IllegalArgumentException("cenotaph.rebuild.rate is more than 0");
        }
        this.nanosBetween = (long) (1e9 / callsPerSecond);
    }

    void await() throws InterruptedException {
        long wait = turn();
        if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
    }

    private synchronized long turn() {
        long now = System.nanoTime();
        long mine = Math.max(now, next);
        next = mine + nanosBetween;
        return mine - now;
    }
}
