package dev.cenotaph.gateway.purge;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the purge again and again, off the event loop. */
public final class PurgeSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeSchedule.class);

    private final Purge purge;
    private final Duration interval;
    private final Thread thread = Thread.ofVirtual().name("cenotaph-purge").unstarted(this::work);

    /** @param interval from the end of one run to the start of the next, and before the first */
    public PurgeSchedule(Purge purge, Duration interval) {
        this.purge = purge;
        this.interval = interval;
    }

    public void start() {
        purge.withoutCredentials()
                .forEach(resource -> LOG.warn(
                        "{} has a retention, but cenotaph.credentials has no entry for its upstream: nothing of it is"
                                + " purged",
                        resource));
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void work() {
        try {
            while (true) {
                Thread.sleep(interval);
                run();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails a whole run, such as a store that is down, is tried again with the next. */
    private void run() throws InterruptedException {
        try {
            purge.run();
        } catch (RuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("the purge could not run: {}", failed.toString());
        }
    }
}
