package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.PurgeQueue.Backlog;
import dev.cenotaph.policy.match.ItemKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Holds, and what is due, in SQL. Everything here blocks; what writes has to be called inside a transaction. */
final class PurgeTable {
    private static final String AT_KEY = " WHERE resource = :resource AND parents = :parents AND id = :id";
    private static final String DUE = "state = 'TRASHED' AND purge_time IS NOT NULL AND purge_time <= :now";
    private static final String HELD = "EXISTS (SELECT 1 FROM hold WHERE hold.resource = tombstone.resource"
            + " AND hold.parents = tombstone.parents AND hold.id = tombstone.id)";
    private static final String WAITING = "EXISTS (SELECT 1 FROM purge_failure"
            + " WHERE purge_failure.resource = tombstone.resource AND purge_failure.parents = tombstone.parents"
            + " AND purge_failure.id = tombstone.id AND purge_failure.not_before > :now)";

    private final JdbcClient writer;
    private final JdbcClient reader;

    PurgeTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** As the transaction sees it. */
    Optional<Hold> hold(ItemKey key) {
        return find(writer, key);
    }

    Optional<Hold> findHold(ItemKey key) {
        return find(reader, key);
    }

    List<Hold> holds(String resource, int limit) {
        return reader.sql("SELECT * FROM hold WHERE resource = :resource ORDER BY parents, id LIMIT :limit")
                .param("resource", KeyText.ofId(resource))
                .param("limit", limit)
                .query((row, number) -> hold(row))
                .list();
    }

    void set(Hold hold, String requestId) {
        at(
                        writer.sql("INSERT INTO hold (resource, parents, id, reason, actor, set_time, request_id)"
                                + " VALUES (:resource, :parents, :id, :reason, :actor, :set_time, :request_id)"
                                + " ON CONFLICT (resource, parents, id) DO UPDATE SET reason = excluded.reason,"
                                + " actor = excluded.actor, set_time = excluded.set_time,"
                                + " request_id = excluded.request_id"),
                        hold.key())
                .param("reason", hold.reason())
                .param("actor", hold.actor().orElse(null))
                .param("set_time", hold.since().toEpochMilli())
                .param("request_id", requestId)
                .update();
    }

    void lift(ItemKey key) {
        at(writer.sql("DELETE FROM hold" + AT_KEY), key).update();
    }

    Backlog backlog(String resource, Instant now) {
        return new Backlog(
                count(resource, now, DUE + " AND NOT " + HELD),
                count(resource, now, DUE + " AND " + HELD),
                count(resource, now, DUE + " AND NOT " + HELD + " AND " + WAITING),
                count(resource, now, "state = 'TRASHED' AND purge_time IS NOT NULL"));
    }

    List<Tombstone> due(List<String> resources, Instant now, int limit) {
        return reader.sql("SELECT * FROM tombstone WHERE resource IN (:resources) AND " + DUE + " AND NOT " + HELD
                        + " AND NOT " + WAITING + " ORDER BY purge_time, parents, id LIMIT :limit")
                .param("resources", resources.stream().map(KeyText::ofId).toList())
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query((row, number) -> TombstoneRow.tombstone(row))
                .list();
    }

    int postpone(ItemKey key, String reason, Instant now, Duration first, Duration most) {
        long failures = 1
                + at(writer.sql("SELECT failures FROM purge_failure" + AT_KEY), key)
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        return at(
                        writer.sql("INSERT INTO purge_failure (resource, parents, id, failures, reason, not_before)"
                                + " VALUES (:resource, :parents, :id, :failures, :reason, :not_before)"
                                + " ON CONFLICT (resource, parents, id) DO UPDATE SET failures = excluded.failures,"
                                + " reason = excluded.reason, not_before = excluded.not_before"),
                        key)
                .param("failures", failures)
                .param("reason", reason)
                .param("not_before", now.toEpochMilli() + Math.min(doubled, most.toMillis()))
                .update();
    }

    int sweepFailures(Instant before) {
        return writer.sql("DELETE FROM purge_failure WHERE not_before < :before")
                .param("before", before.toEpochMilli())
                .update();
    }

    private long count(String resource, Instant now, String condition) {
        StatementSpec counting = reader.sql(
                        "SELECT count(*) FROM tombstone WHERE resource = :resource AND " + condition)
                .param("resource", KeyText.ofId(resource));
        return (condition.contains(":now") ? counting.param("now", now.toEpochMilli()) : counting)
                .query(Long.class)
                .single();
    }

    private static Optional<Hold> find(JdbcClient client, ItemKey key) {
        return at(client.sql("SELECT * FROM hold" + AT_KEY), key)
                .query((row, number) -> hold(row))
                .optional();
    }

    private static StatementSpec at(StatementSpec statement, ItemKey key) {
        return statement
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()));
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                TombstoneRow.key(row),
                row.getString("reason"),
                Optional.ofNullable(row.getString("actor")),
                Instant.ofEpochMilli(row.getLong("set_time")));
    }
}
