package dev.cenotaph.gateway.tombstone;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What differs between databases: how they are opened, how many may write at once, and whether others share them. */
sealed interface Engine extends AutoCloseable permits SqliteEngine, PostgresEngine {

    /** How long a change waits for others. */
    Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Opens the database that the address names.
     *
     * @throws IllegalArgumentException if it names none that can be a store
     * @throws StoreUnavailableException if it cannot be opened
     */
    static Engine open(StoreAddress address) {
        if (address.url().startsWith(SqliteEngine.PREFIX)) {
            return SqliteEngine.open(address.url(), PATIENCE);
        }
        if (address.url().startsWith(PostgresEngine.PREFIX)) {
            return PostgresEngine.open(address);
        }
        throw new IllegalArgumentException("The store's URL must start with " + SqliteEngine.PREFIX + " or "
                + PostgresEngine.PREFIX + ", but is: " + address.url());
    }

    DataSource writer();

    DataSource reader();

    /** Without the deadlines of the others: a migration takes as long as it takes. */
    DataSource migrator();

    /** Where its migrations are, on the class path. */
    List<String> migrations();

    /** Whether other processes may use the same store. Where none may, what is open at the start was left by a crash. */
    boolean isShared();

    /**
     * Asked before every change.
     *
     * @throws IOException if a change could be acknowledged and yet be lost
     */
    void requireWritable() throws IOException;

    /** Tells other processes, once the current transaction is committed, that there is something to read. */
    void announce(JdbcClient writer);

    /**
     * Listens for what other processes announce, until closed. An announcement may be lost.
     *
     * @param heard called after each, on another thread
     */
    Listening listen(Runnable heard);

    @Override
    void close();

    /** Ends when closed. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
