package dev.cenotaph.gateway.tombstone;

import java.io.IOException;
import java.time.Duration;
import javax.sql.DataSource;

/** What differs between databases: how they are opened, and how many may write at once. */
interface Engine extends AutoCloseable {

    /** How long a change waits for others. */
    Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Opens the database that the URL names.
     *
     * @throws IllegalArgumentException if the URL names none that can be a store
     * @throws StoreUnavailableException if it cannot be opened
     */
    static Engine open(String jdbcUrl) {
        if (jdbcUrl.startsWith(SqliteEngine.PREFIX)) {
            return SqliteEngine.open(jdbcUrl, PATIENCE);
        }
        throw new IllegalArgumentException(
                "The store's URL must start with " + SqliteEngine.PREFIX + ", but is: " + jdbcUrl);
    }

    DataSource writer();

    DataSource reader();

    /** Whether other processes may use the same store. Where none may, what is open at the start was left by a crash. */
    boolean isShared();

    /**
     * Asked before every change.
     *
     * @throws IOException if a change could be acknowledged and yet be lost
     */
    void requireWritable() throws IOException;

    @Override
    void close();
}
