package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.ManyJob.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes of many items in SQL. Everything here blocks; what writes has to be called inside a transaction. */
final class ManyJobTable {
    private static final int FAILURES_SHOWN = 100;

    private final JdbcClient writer;
    private final JdbcClient reader;

    ManyJobTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** Begins one, and forgets those that nobody has looked after since then. */
    ManyJob begin(ManyJob fresh, List<String> ids, String owner, Instant forgotten) {
        writer.sql("DELETE FROM many_job_item WHERE job IN (SELECT id FROM many_job WHERE change_time < :time)")
                .param("time", forgotten.toEpochMilli())
                .update();
        writer.sql("DELETE FROM many_job WHERE change_time < :time")
                .param("time", forgotten.toEpochMilli())
                .update();
        writer.sql("INSERT INTO many_job (id, resource, parents, change, caller, start_time, change_time, owner,"
                        + " lease_until) VALUES (:id, :resource, :parents, :change, :caller, :start, :start, :owner,"
                        + " :lease)")
                .param("id", fresh.id())
                .param("resource", KeyText.ofId(fresh.resource()))
                .param("parents", KeyText.ofParents(fresh.parents()))
                .param("change", fresh.change())
                .param("caller", fresh.caller())
                .param("start", fresh.startTime().toEpochMilli())
                .param("owner", owner)
                .param("lease", fresh.leaseUntil().toEpochMilli())
                .update();
        for (String id : ids) {
            writer.sql("INSERT INTO many_job_item (job, id) VALUES (:job, :id)")
                    .param("job", fresh.id())
                    .param("id", KeyText.ofId(id))
                    .update();
        }
        return fresh;
    }

    /** Whether nobody was at work on it, and the owner is now. */
    boolean take(String job, String owner, Instant now, Instant leaseUntil) {
        return writer.sql("UPDATE many_job SET owner = :owner, lease_until = :lease WHERE id = :id"
                                + " AND lease_until <= :now")
                        .param("owner", owner)
                        .param("lease", leaseUntil.toEpochMilli())
                        .param("id", job)
                        .param("now", now.toEpochMilli())
                        .update()
                == 1;
    }

    /** Items that are still to be done. */
    List<String> next(String job, int limit) {
        return reader
                .sql("SELECT id FROM many_job_item WHERE job = :job AND status IS NULL ORDER BY id LIMIT :limit")
                .param("job", job)
                .param("limit", limit)
                .query(String.class)
                .list()
                .stream()
                .map(KeyText::id)
                .toList();
    }

    /** Whether the owner is still the one at work; nothing is saved otherwise. */
    boolean save(String job, List<Outcome> outcomes, String owner, Instant now, Instant leaseUntil) {
        boolean ours = writer.sql("UPDATE many_job SET change_time = :now, lease_until = :lease"
                                + " WHERE id = :id AND owner = :owner")
                        .param("now", now.toEpochMilli())
                        .param("lease", leaseUntil.toEpochMilli())
                        .param("id", job)
                        .param("owner", owner)
                        .update()
                == 1;
        for (Outcome outcome : ours ? outcomes : List.<Outcome>of()) {
            writer.sql("UPDATE many_job_item SET status = :status, detail = :detail WHERE job = :job AND id = :id")
                    .param("status", outcome.status())
                    .param("detail", outcome.detail().map(KeyText::ofId).orElse(null))
                    .param("job", job)
                    .param("id", KeyText.ofId(outcome.id()))
                    .update();
        }
        return ours;
    }

    /** Whether the owner is still the one at work. */
    boolean keep(String job, String owner, Instant leaseUntil) {
        return writer.sql("UPDATE many_job SET lease_until = :lease WHERE id = :id AND owner = :owner")
                        .param("lease", leaseUntil.toEpochMilli())
                        .param("id", job)
                        .param("owner", owner)
                        .update()
                == 1;
    }

    int leave(String job, String owner) {
        return writer.sql("UPDATE many_job SET lease_until = 0 WHERE id = :id AND owner = :owner")
                .param("id", job)
                .param("owner", owner)
                .update();
    }

    /** Whoever was at work is no more. */
    int endLeases() {
        return writer.sql("UPDATE many_job SET lease_until = 0").update();
    }

    Optional<ManyJob> find(String job) {
        return reader.sql("SELECT j.*,"
                        + " (SELECT count(*) FROM many_job_item i WHERE i.job = j.id AND i.status < 300) AS done,"
                        + " (SELECT count(*) FROM many_job_item i WHERE i.job = j.id AND i.status >= 300) AS failed,"
                        + " (SELECT count(*) FROM many_job_item i WHERE i.job = j.id AND i.status IS NULL) AS open"
                        + " FROM many_job j WHERE j.id = :id")
                .param("id", job)
                .query((row, number) -> new ManyJob(
                        row.getString("id"),
                        KeyText.id(row.getString("resource")),
                        KeyText.parents(row.getString("parents")),
                        row.getString("change"),
                        row.getString("caller"),
                        Instant.ofEpochMilli(row.getLong("start_time")),
                        Instant.ofEpochMilli(row.getLong("change_time")),
                        Instant.ofEpochMilli(row.getLong("lease_until")),
                        row.getLong("done"),
                        row.getLong("failed"),
                        row.getLong("open"),
                        failures(job)))
                .optional();
    }

    private List<Outcome> failures(String job) {
        return reader.sql("SELECT id, status, detail FROM many_job_item WHERE job = :job AND status >= 300 ORDER BY id"
                        + " LIMIT :limit")
                .param("job", job)
                .param("limit", FAILURES_SHOWN)
                .query((row, number) -> new Outcome(
                        KeyText.id(row.getString("id")),
                        row.getInt("status"),
                        Optional.ofNullable(row.getString("detail")).map(KeyText::id)))
                .list();
    }
}
