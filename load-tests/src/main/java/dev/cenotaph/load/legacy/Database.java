package dev.cenotaph.load.legacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The SQLite file: one connection that writes, a few that read beside it (WAL). Its methods block.
 *
 * <p>{@code synchronous=NORMAL}: a commit survives the end of the process, the last ones may not survive a power cut.
 */
final class Database implements AutoCloseable {
    private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int BUSY_MILLISECONDS = 5_000;

    private final ReentrantLock writing = new ReentrantLock();
    private final Session writer;
    private final BlockingQueue<Session> readers = new ArrayBlockingQueue<>(READERS);
    private final List<Session> sessions = new ArrayList<>();
    private final Optional<Path> temporary;

    /** What is done with a session. */
    interface Work<T> {
        T with(Session session) throws SQLException;
    }

    private Database(Path file, Optional<Path> temporary) throws SQLException {
        this.temporary = temporary;
        this.writer = connect(file);
        for (Resource resource : Catalogue.ALL) {
            writer.execute("CREATE TABLE IF NOT EXISTS " + resource.name() + " (parent TEXT NOT NULL, id "
                    + (resource.ids() == Resource.Ids.NUMBER ? "INTEGER" : "TEXT")
                    + " NOT NULL, body TEXT NOT NULL, PRIMARY KEY (parent, id)) WITHOUT ROWID");
        }
        for (int i = 0; i < READERS; i++) {
            readers.add(connect(file));
        }
    }

    /** @param data the file; empty is one in a temporary directory, deleted on {@link #close} */
    static Database open(Optional<Path> data) {
        try {
            if (data.isPresent()) {
                Path file = data.get().toAbsolutePath();
                Files.createDirectories(file.resolveSibling("."));
                return new Database(file, Optional.empty());
            }
            Path directory = Files.createTempDirectory("legacy");
            return new Database(directory.resolve("legacy.db"), Optional.of(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open the database " + data, e);
        }
    }

    <T> T read(Work<T> work) {
        try {
            Session session = readers.take();
            try {
                return work.with(session);
            } finally {
                readers.add(session);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does the work in a transaction of its own; nothing of it stays if it throws. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            return inTransaction(work);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        writer.execute("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            T result = work.with(writer);
            writer.execute("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                writer.execute("ROLLBACK");
            }
        }
    }

    @Override
    public void close() {
        try {
            for (Session session : sessions) {
                session.close();
            }
            if (temporary.isPresent()) {
                deleteAll(temporary.get());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private Session connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        Session session = new Session(config.createConnection("jdbc:sqlite:" + file));
        sessions.add(session);
        return session;
    }
}
