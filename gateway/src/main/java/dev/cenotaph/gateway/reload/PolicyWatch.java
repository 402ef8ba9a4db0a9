package dev.cenotaph.gateway.reload;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the policy files looked at whenever their directory changes, and every few seconds in any case: a change behind a
 * symbolic link, or on a file system of another machine, tells nobody.
 */
public final class PolicyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PolicyReload reload;
    private final Duration interval;
    private final Thread thread;

    public PolicyWatch(PolicyReload reload, Duration interval) {
        this.reload = reload;
        this.interval = interval;
        this.thread = new Thread(this::run, "cenotaph-policies");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Watched watched = new Watched(directory(reload.path()))) {
            while (true) {
                watched.await(interval);
                reload.look();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private static Path directory(Path path) {
        Path whole = path.toAbsolutePath();
        return Files.isDirectory(whole)
                ? whole
                : Optional.ofNullable(whole.getParent()).orElse(whole);
    }

    /** A directory that says when it changes, as long as the system lets it. */
    private static final class Watched implements AutoCloseable {
        private final Path directory;
        private @Nullable WatchService service;
        private @Nullable WatchKey key;

        Watched(Path directory) {
            this.directory = directory;
            try {
                this.service = directory.getFileSystem().newWatchService();
            } catch (IOException | UnsupportedOperationException e) {
                LOG.warn("{} cannot be watched, and is looked at in intervals alone: {}", directory, e.toString());
            }
        }

        /** Returns when something changed, or when it is time. */
        void await(Duration interval) throws InterruptedException {
            WatchService watching = service;
            if (watching == null) {
                Thread.sleep(interval);
                return;
            }
            register(watching);
            WatchKey changed = watching.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
            if (changed != null) {
                changed.pollEvents();
                if (!changed.reset()) {
                    key = null;
                }
            }
        }

        /** Again, where the directory was replaced by another. */
        private void register(WatchService watching) {
            if (key != null && key.isValid()) {
                return;
            }
            try {
                key = directory.register(
                        watching,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException e) {
                LOG.debug("{} cannot be watched now", directory, e);
            }
        }

        @Override
        public void close() {
            try {
                if (service != null) {
                    service.close();
                }
            } catch (IOException | ClosedWatchServiceException e) {
                LOG.debug("the watch of {} did not close", directory, e);
            }
        }
    }
}
