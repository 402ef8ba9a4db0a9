package dev.cenotaph.gateway.tombstone;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store's count of all changes, which is also the lock that puts them in one order. Everything here blocks; what writes has to
 * be called inside a transaction.
 */
final class RevisionCounter {
    private final JdbcClient writer;
    private final JdbcClient reader;

    RevisionCounter(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** The revision of the last change. */
    long latest() {
        return reader.sql("SELECT latest FROM revision").query(Long.class).single();
    }

    /** Locks out every other change until the transaction ends. */
    long next() {
        return writer.sql("UPDATE revision SET latest = latest + 1 RETURNING latest")
                .query(Long.class)
                .single();
    }

    /** Whoever locks other rows first waits for one who waits for it. */
    void awaitTurn() {
        writer.sql("UPDATE revision SET swept = swept").update();
    }

    /** Up to which revision forgotten rows were dropped. */
    long swept() {
        return writer.sql("SELECT swept FROM revision").query(Long.class).single();
    }

    void sweptTo(long revision) {
        writer.sql("UPDATE revision SET swept = :revision")
                .param("revision", revision)
                .update();
    }
}
