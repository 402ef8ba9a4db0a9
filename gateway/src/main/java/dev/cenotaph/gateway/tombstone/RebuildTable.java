package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.RebuildProgress.Seen;
import dev.cenotaph.gateway.tombstone.RebuildProgress.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Rebuilds in SQL. Everything here blocks; what writes has to be called inside a transaction. */
final class RebuildTable {
    private static final String AT_COLLECTION = " WHERE resource = :resource AND parents = :parents";

    private final JdbcClient writer;
    private final JdbcClient reader;

    RebuildTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    Optional<RebuildProgress> begin(RebuildProgress fresh, String owner, Instant leaseUntil) {
        boolean busy = writer.sql("SELECT count(*) FROM rebuild WHERE resource = :resource AND state = 'RUNNING'")
                        .param("resource", KeyText.ofId(fresh.resource()))
                        .query(Long.class)
                        .single()
                > 0;
        if (busy) {
            return Optional.empty();
        }
        RebuildProgress begun = find(writer, fresh.resource(), fresh.parents())
                .filter(old -> old.state() != State.DONE && old.nextPage().isPresent())
                .map(old -> resumed(old, fresh))
                .orElse(fresh);
        at(
                        writer.sql("INSERT INTO rebuild (resource, parents, state, next_page, pages, trashed, live,"
                                + " unreadable, learned, failure, start_time, change_time, owner, lease_until,"
                                + " request_id) VALUES (:resource, :parents, :state, :next_page, :pages, :trashed,"
                                + " :live, :unreadable, :learned, :failure, :start_time, :change_time, :owner,"
                                + " :lease_until, :request_id) ON CONFLICT (resource, parents) DO UPDATE SET"
                                + " state = excluded.state, next_page = excluded.next_page, pages = excluded.pages,"
                                + " trashed = excluded.trashed, live = excluded.live,"
                                + " unreadable = excluded.unreadable, learned = excluded.learned,"
                                + " failure = excluded.failure, start_time = excluded.start_time,"
                                + " change_time = excluded.change_time, owner = excluded.owner,"
                                + " lease_until = excluded.lease_until, request_id = excluded.request_id"),
                        begun)
                .param("start_time", begun.startTime().toEpochMilli())
                .param("change_time", begun.changeTime().toEpochMilli())
                .param("owner", owner)
                .param("lease_until", leaseUntil.toEpochMilli())
                .param("request_id", begun.requestId())
                .update();
        return Optional.of(begun);
    }

    boolean save(RebuildProgress progress, Instant now, String owner, Instant leaseUntil) {
        return at(
                                writer.sql("UPDATE rebuild SET state = :state, next_page = :next_page, pages = :pages,"
                                        + " trashed = :trashed, live = :live, unreadable = :unreadable,"
                                        + " learned = :learned, failure = :failure, change_time = :change_time,"
                                        + " lease_until = :lease_until" + AT_COLLECTION
                                        + " AND state = 'RUNNING' AND owner = :owner"),
                                progress)
                        .param("change_time", now.toEpochMilli())
                        .param("owner", owner)
                        .param("lease_until", leaseUntil.toEpochMilli())
                        .update()
                == 1;
    }

    List<RebuildProgress> adopt(Instant now, String owner, Instant leaseUntil) {
        List<RebuildProgress> abandoned = writer.sql(
                        "SELECT * FROM rebuild WHERE state = 'RUNNING' AND lease_until <= :now")
                .param("now", now.toEpochMilli())
                .query((row, number) -> progress(row))
                .list();
        return abandoned.stream()
                .filter(one -> collection(
                                        writer.sql("UPDATE rebuild SET owner = :owner, lease_until = :lease_until"
                                                + AT_COLLECTION + " AND state = 'RUNNING' AND lease_until <= :now"),
                                        one.resource(),
                                        one.parents())
                                .param("owner", owner)
                                .param("lease_until", leaseUntil.toEpochMilli())
                                .param("now", now.toEpochMilli())
                                .update()
                        == 1)
                .toList();
    }

    int abandon(String owner) {
        return writer.sql("UPDATE rebuild SET lease_until = 0 WHERE state = 'RUNNING' AND owner = :owner")
                .param("owner", owner)
                .update();
    }

    Optional<RebuildProgress> stop(String resource, List<String> parents, Instant now) {
        int stopped = collection(
                        writer.sql("UPDATE rebuild SET state = 'STOPPED', change_time = :now" + AT_COLLECTION
                                + " AND state = 'RUNNING'"),
                        resource,
                        parents)
                .param("now", now.toEpochMilli())
                .update();
        return stopped == 0 ? Optional.empty() : find(writer, resource, parents);
    }

    Optional<RebuildProgress> find(String resource, List<String> parents) {
        return find(reader, resource, parents);
    }

    /** Whether a rebuild came to the end of the list, and every row told its state. */
    boolean isRead(String resource, List<String> parents) {
        return find(reader, resource, parents)
                .filter(rebuild -> rebuild.state() == State.DONE)
                .filter(rebuild -> rebuild.seen().unreadable() == 0)
                .isPresent();
    }

    List<RebuildProgress> all(int limit) {
        return reader.sql("SELECT * FROM rebuild ORDER BY change_time DESC, resource, parents LIMIT :limit")
                .param("limit", limit)
                .query((row, number) -> progress(row))
                .list();
    }

    private static RebuildProgress resumed(RebuildProgress old, RebuildProgress fresh) {
        return new RebuildProgress(
                old.resource(),
                old.parents(),
                State.RUNNING,
                old.nextPage(),
                old.seen(),
                Optional.empty(),
                old.startTime(),
                fresh.changeTime(),
                fresh.requestId());
    }

    private static Optional<RebuildProgress> find(JdbcClient client, String resource, List<String> parents) {
        return collection(client.sql("SELECT * FROM rebuild" + AT_COLLECTION), resource, parents)
                .query((row, number) -> progress(row))
                .optional();
    }

    private static StatementSpec collection(StatementSpec statement, String resource, List<String> parents) {
        return statement.param("resource", KeyText.ofId(resource)).param("parents", KeyText.ofParents(parents));
    }

    private static StatementSpec at(StatementSpec statement, RebuildProgress progress) {
        return collection(statement, progress.resource(), progress.parents())
                .param("state", progress.state().name())
                .param("next_page", progress.nextPage().orElse(null))
                .param("pages", progress.seen().pages())
                .param("trashed", progress.seen().trashed())
                .param("live", progress.seen().live())
                .param("unreadable", progress.seen().unreadable())
                .param("learned", progress.seen().learned())
                .param("failure", progress.failure().orElse(null));
    }

    private static RebuildProgress progress(ResultSet row) throws SQLException {
        return new RebuildProgress(
                KeyText.id(row.getString("resource")),
                KeyText.parents(row.getString("parents")),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("next_page")),
                new Seen(
                        row.getLong("pages"),
                        row.getLong("trashed"),
                        row.getLong("live"),
                        row.getLong("unreadable"),
                        row.getLong("learned")),
                Optional.ofNullable(row.getString("failure")),
                Instant.ofEpochMilli(row.getLong("start_time")),
                Instant.ofEpochMilli(row.getLong("change_time")),
                row.getString("request_id"));
    }
}
