package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.CascadeSequence.Kind;
import dev.cenotaph.policy.match.ItemKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Cascades in SQL. Everything here blocks; what writes has to be called inside a transaction. */
final class CascadeTable {
    private static final String AT_KEY = " WHERE resource = :resource AND parents = :parents AND id = :id";
    private static final String WALKED = "";

    private final JdbcClient writer;
    private final JdbcClient reader;

    CascadeTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** False where another kind is under way at the same item. */
    boolean begin(CascadeSequence sequence, Instant now, String owner, Instant leaseUntil) {
        boolean busy = find(writer, sequence.top())
                .filter(standing -> standing.open() && standing.kind() != sequence.kind())
                .isPresent();
        if (busy) {
            return false;
        }
        at(
                        writer.sql("INSERT INTO cascade_sequence (resource, parents, id, deletion_id, kind, state,"
                                + " obstacle, attempts, start_time, owner, lease_until, actor, request_id,"
                                + " policy_version) VALUES (:resource, :parents, :id, :deletion_id, :kind, 'OPEN', NULL,"
                                + " 0, :now, :owner, :lease_until, :actor, :request_id, :policy_version)"
                                + " ON CONFLICT (resource, parents, id) DO UPDATE SET"
                                + " deletion_id = excluded.deletion_id, kind = excluded.kind, state = excluded.state,"
                                + " obstacle = NULL, attempts = 0, start_time = excluded.start_time,"
                                + " owner = excluded.owner, lease_until = excluded.lease_until,"
                                + " actor = excluded.actor, request_id = excluded.request_id,"
                                + " policy_version = excluded.policy_version"),
                        sequence.top())
                .param("deletion_id", sequence.deletionId())
                .param("kind", sequence.kind().name())
                .param("now", now.toEpochMilli())
                .param("owner", owner)
                .param("lease_until", leaseUntil.toEpochMilli())
                .param("actor", sequence.trace().actor().orElse(null))
                .param("request_id", sequence.trace().requestId())
                .param("policy_version", sequence.trace().policyVersion())
                .update();
        return true;
    }

    /** Takes an open sequence, whoever had it. */
    boolean take(CascadeSequence sequence, String owner, Instant leaseUntil) {
        return at(
                                writer.sql("UPDATE cascade_sequence SET owner = :owner, lease_until = :lease_until"
                                        + AT_KEY
                                        + " AND deletion_id = :deletion_id AND kind = :kind AND state = 'OPEN'"),
                                sequence)
                        .param("owner", owner)
                        .param("lease_until", leaseUntil.toEpochMilli())
                        .update()
                == 1;
    }

    /** Keeps what this process has. */
    boolean keep(CascadeSequence sequence, String owner, Instant leaseUntil) {
        return at(
                                writer.sql(
                                        "UPDATE cascade_sequence SET lease_until = :lease_until, attempts = :attempts,"
                                                + " obstacle = :obstacle" + AT_KEY
                                                + " AND deletion_id = :deletion_id AND kind = :kind AND state = 'OPEN'"
                                                + " AND owner = :owner"),
                                sequence)
                        .param("attempts", sequence.attempts())
                        .param("obstacle", sequence.obstacle().orElse(null))
                        .param("owner", owner)
                        .param("lease_until", leaseUntil.toEpochMilli())
                        .update()
                == 1;
    }

    /** Everything is trashed; it stays known for as long as it may come back. */
    int done(CascadeSequence sequence) {
        dropSteps(sequence.deletionId());
        return at(
                        writer.sql("UPDATE cascade_sequence SET kind = 'TRASH', state = 'DONE', obstacle = NULL"
                                + AT_KEY + " AND deletion_id = :deletion_id AND kind = :kind"),
                        sequence)
                .update();
    }

    int drop(CascadeSequence sequence) {
        dropSteps(sequence.deletionId());
        return at(
                        writer.sql("DELETE FROM cascade_sequence" + AT_KEY
                                + " AND deletion_id = :deletion_id AND kind = :kind"),
                        sequence)
                .update();
    }

    int drop(ItemKey top) {
        find(writer, top).ifPresent(sequence -> dropSteps(sequence.deletionId()));
        return at(writer.sql("DELETE FROM cascade_sequence" + AT_KEY), top).update();
    }

    List<CascadeSequence> adopt(Instant now, String owner, Instant leaseUntil) {
        List<CascadeSequence> abandoned = writer.sql(
                        "SELECT * FROM cascade_sequence WHERE state = 'OPEN' AND lease_until <= :now LIMIT 100")
                .param("now", now.toEpochMilli())
                .query((row, number) -> sequence(row))
                .list();
        return abandoned.stream()
                .filter(one -> at(
                                        writer.sql(
                                                "UPDATE cascade_sequence SET owner = :owner, lease_until = :lease_until"
                                                        + AT_KEY + " AND deletion_id = :deletion_id AND kind = :kind"
                                                        + " AND state = 'OPEN' AND lease_until <= :now"),
                                        one)
                                .param("owner", owner)
                                .param("lease_until", leaseUntil.toEpochMilli())
                                .param("now", now.toEpochMilli())
                                .update()
                        == 1)
                .toList();
    }

    /** For a process that has the store to itself. */
    int endLeases() {
        return writer.sql("UPDATE cascade_sequence SET lease_until = 0 WHERE state = 'OPEN'")
                .update();
    }

    int abandon(String owner) {
        return writer.sql("UPDATE cascade_sequence SET lease_until = 0 WHERE state = 'OPEN' AND owner = :owner")
                .param("owner", owner)
                .update();
    }

    Optional<CascadeSequence> find(ItemKey top) {
        return find(reader, top);
    }

    Optional<CascadeSequence> findByDeletion(String deletionId) {
        return reader
                .sql("SELECT * FROM cascade_sequence WHERE deletion_id = :deletion_id")
                .param("deletion_id", deletionId)
                .query((row, number) -> sequence(row))
                .stream()
                .findFirst();
    }

    /** What is known already stays as it is. */
    int add(String deletionId, List<CascadeStep> steps) {
        steps.forEach(step -> step(
                        writer.sql(
                                "INSERT INTO cascade_step (deletion_id, resource, parents, id, state, next_page, pages,"
                                        + " changed, attempts, obstacle) VALUES (:deletion_id, :resource, :parents, :id, 'OPEN',"
                                        + " :next_page, :pages, :changed, :attempts, :obstacle)"
                                        + " ON CONFLICT (deletion_id, resource, parents, id) DO NOTHING"),
                        deletionId,
                        step)
                .update());
        return steps.size();
    }

    int save(String deletionId, CascadeStep step, boolean done) {
        return step(
                        writer.sql("UPDATE cascade_step SET state = :state, next_page = :next_page, pages = :pages,"
                                + " changed = :changed, attempts = :attempts, obstacle = :obstacle" + AT_KEY
                                + " AND deletion_id = :deletion_id"),
                        deletionId,
                        step)
                .param("state", done ? "DONE" : "OPEN")
                .update();
    }

    /** Those that failed least first. */
    List<CascadeStep> open(String deletionId, int limit) {
        return reader.sql("SELECT * FROM cascade_step WHERE deletion_id = :deletion_id AND state = 'OPEN'"
                        + " ORDER BY attempts, length(parents), resource, parents, id LIMIT :limit")
                .param("deletion_id", deletionId)
                .param("limit", limit)
                .query((row, number) -> step(row))
                .list();
    }

    /** All that one deletion has in the trash, or is about to. */
    List<Tombstone> tombstones(String deletionId) {
        return reader.sql("SELECT * FROM tombstone WHERE deletion_id = :deletion_id AND state <> 'FORGOTTEN'"
                        + " ORDER BY resource, parents, id")
                .param("deletion_id", deletionId)
                .query((row, number) -> TombstoneRow.tombstone(row))
                .list();
    }

    private int dropSteps(String deletionId) {
        return writer.sql("DELETE FROM cascade_step WHERE deletion_id = :deletion_id")
                .param("deletion_id", deletionId)
                .update();
    }

    private static Optional<CascadeSequence> find(JdbcClient client, ItemKey top) {
        return at(client.sql("SELECT * FROM cascade_sequence" + AT_KEY), top)
                .query((row, number) -> sequence(row))
                .optional();
    }

    private static StatementSpec at(StatementSpec statement, CascadeSequence sequence) {
        return at(statement, sequence.top())
                .param("deletion_id", sequence.deletionId())
                .param("kind", sequence.kind().name());
    }

    private static StatementSpec at(StatementSpec statement, ItemKey key) {
        return statement
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()));
    }

    private static StatementSpec step(StatementSpec statement, String deletionId, CascadeStep step) {
        return statement
                .param("deletion_id", deletionId)
                .param("resource", KeyText.ofId(step.resource()))
                .param("parents", KeyText.ofParents(step.parents()))
                .param("id", step.id().map(KeyText::ofId).orElse(WALKED))
                .param("next_page", step.nextPage().orElse(null))
                .param("pages", step.pages())
                .param("changed", step.changed())
                .param("attempts", step.attempts())
                .param("obstacle", step.obstacle().orElse(null));
    }

    private static CascadeSequence sequence(ResultSet row) throws SQLException {
        return new CascadeSequence(
                TombstoneRow.key(row),
                row.getString("deletion_id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("state").equals("OPEN"),
                Optional.ofNullable(row.getString("obstacle")),
                row.getLong("attempts"),
                new Trace(
                        Optional.ofNullable(row.getString("actor")),
                        row.getString("request_id"),
                        row.getString("policy_version")));
    }

    private static CascadeStep step(ResultSet row) throws SQLException {
        return new CascadeStep(
                KeyText.id(row.getString("resource")),
                KeyText.parents(row.getString("parents")),
                Optional.of(row.getString("id"))
                        .filter(id -> !id.equals(WALKED))
                        .map(KeyText::id),
                Optional.ofNullable(row.getString("next_page")),
                row.getLong("pages"),
                row.getLong("changed"),
                row.getLong("attempts"),
                Optional.ofNullable(row.getString("obstacle")));
    }
}
