package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Standing.Forgotten;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.Standing.Unknown;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tombstones. Everything here blocks; what writes has to be called inside a transaction. */
final class TombstoneTable {
    private static final String GONE = "state IN ('TRASHED', 'RESTORING', 'PURGING')";
    private static final String CLAIMED = "state IN ('PENDING', 'RESTORING', 'PURGING')";

    private static final int CHANGES_AT_ONCE = 5_000;

    /**
     * One text a row takes half the time of three. Not {@link #GONE}: it would lead SQLite to the index of that condition,
     * and from each entry of it to the row.
     */
    private static final String EACH_GONE = "SELECT resource || '" + KeyText.BETWEEN + "' || parents || '"
            + KeyText.BETWEEN + "' || id FROM tombstone WHERE state <> 'PENDING' AND state <> 'FORGOTTEN'";

    private final JdbcClient writer;
    private final JdbcClient reader;
    private final RevisionCounter revisions;

    TombstoneTable(JdbcClient writer, JdbcClient reader, RevisionCounter revisions) {
        this.writer = writer;
        this.reader = reader;
        this.revisions = revisions;
    }

    /** The tombstone, in whatever state. */
    Optional<Tombstone> find(ItemKey key) {
        return reader.sql("SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents AND id = :id"
                        + " AND state <> 'FORGOTTEN'")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .query((row, number) -> TombstoneRow.tombstone(row))
                .optional();
    }

    /** What stands at a key, read inside the transaction that changes it. */
    Standing standing(ItemKey key) {
        return writer.sql("SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents AND id = :id")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .query((row, number) -> TombstoneRow.standing(row))
                .optional()
                .orElseGet(() -> new Unknown(revisions.swept()));
    }

    /** Tombstones of gone items in a collection, newest first, that come after a place in that order. */
    List<Tombstone> gone(String resource, List<String> parents, PageToken.Place after, int limit) {
        return reader.sql("SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents"
                        + " AND " + GONE + " AND delete_time <= :time AND (delete_time < :time OR id > :id)"
                        + " ORDER BY delete_time DESC, id LIMIT :limit")
                .param("resource", KeyText.ofId(resource))
                .param("parents", KeyText.ofParents(parents))
                .param("time", after.deleteTime())
                .param("id", after.id())
                .param("limit", limit)
                .query((row, number) -> TombstoneRow.tombstone(row))
                .list();
    }

    /** How many items of a collection are gone; empty where one of them is being purged. */
    Optional<Long> countGone(String resource, List<String> parents) {
        return count(resource, parents, CLAIMED + " AND state = 'PURGING'") == 0
                ? Optional.of(count(resource, parents, GONE))
                : Optional.empty();
    }

    private long count(String resource, List<String> parents, String condition) {
        return reader.sql("SELECT count(*) FROM tombstone WHERE resource = :resource AND parents = :parents AND "
                        + condition)
                .param("resource", KeyText.ofId(resource))
                .param("parents", KeyText.ofParents(parents))
                .query(Long.class)
                .single();
    }

    /** Calls the consumer, on one other thread, with every gone item, in any order. */
    void readGone(Consumer<ItemKey> consumer) {
        try (var keys = new KeyReader(consumer)) {
            reader.sql(EACH_GONE).query(row -> {
                keys.add(row.getString(1));
            });
            keys.finish();
        }
    }

    /** What changed after a revision, as others see it. */
    Changes changedSince(long revision) {
        return changedSince(reader, revision);
    }

    /** What changed after a revision, read inside the transaction of a change. */
    Changes missedSince(long revision) {
        return changedSince(writer, revision);
    }

    /** One statement, so that all it tells is true at one moment. */
    private static Changes changedSince(JdbcClient client, long revision) {
        List<Seen> seen = new ArrayList<>();
        long[] latestAndSwept = new long[2];
        client.sql("SELECT r.latest, r.swept, t.* FROM revision r LEFT JOIN tombstone t ON t.revision > :revision"
                        + " ORDER BY t.revision LIMIT " + CHANGES_AT_ONCE)
                .param("revision", revision)
                .query(row -> {
                    latestAndSwept[0] = row.getLong("latest");
                    latestAndSwept[1] = row.getLong("swept");
                    if (row.getString("state") != null) {
                        seen.add(new Seen(TombstoneRow.key(row), TombstoneRow.standing(row)));
                    }
                });
        return new Changes(seen, latestAndSwept[0], seen.size() < CHANGES_AT_ONCE, latestAndSwept[1] > revision);
    }

    void put(Held held, long now, Trace trace) {
        Tombstone tombstone = held.tombstone();
        writer.sql("""
                INSERT INTO tombstone (resource, parents, id, state, version, revision, delete_time, purge_time,
                    deletion_id, actor, former, lease_until, change_time, request_id, policy_version)
                VALUES (:resource, :parents, :id, :state, :version, :revision, :delete_time, :purge_time,
                    :deletion_id, :actor, :former, :lease_until, :change_time, :request_id, :policy_version)
                ON CONFLICT (resource, parents, id) DO UPDATE SET
                    state = excluded.state, version = excluded.version, revision = excluded.revision,
                    delete_time = excluded.delete_time, purge_time = excluded.purge_time,
                    deletion_id = excluded.deletion_id, actor = excluded.actor, former = excluded.former,
                    lease_until = excluded.lease_until, change_time = excluded.change_time,
                    request_id = excluded.request_id, policy_version = excluded.policy_version""")
                .param("resource", KeyText.ofId(tombstone.key().resource()))
                .param("parents", KeyText.ofParents(tombstone.key().parents()))
                .param("id", KeyText.ofId(tombstone.key().id()))
                .param("state", tombstone.state().name())
                .param("version", tombstone.version())
                .param("revision", tombstone.revision())
                .param("delete_time", tombstone.deleteTime().toEpochMilli())
                .param("purge_time", millis(tombstone.purgeTime()))
                .param("deletion_id", tombstone.deletionId())
                .param("actor", tombstone.actor().orElse(null))
                .param("former", tombstone.former().orElse(null))
                .param("lease_until", millis(held.leaseUntil()))
                .param("change_time", now)
                .param("request_id", trace.requestId())
                .param("policy_version", trace.policyVersion())
                .update();
    }

    /** What is left of a tombstone whose item is nobody's business any more, for the other replicas to read. */
    void forget(ItemKey key, Forgotten forgotten, long now, Trace trace) {
        writer.sql("""
                UPDATE tombstone SET state = 'FORGOTTEN', version = :version, revision = :revision,
                    former = NULL, lease_until = NULL, change_time = :change_time,
                    request_id = :request_id, policy_version = :policy_version
                WHERE resource = :resource AND parents = :parents AND id = :id""")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .param("version", forgotten.version())
                .param("revision", forgotten.revision())
                .param("change_time", now)
                .param("request_id", trace.requestId())
                .param("policy_version", trace.policyVersion())
                .update();
    }

    /** Drops what was forgotten before a moment. */
    void sweep(Instant before) {
        Optional<Long> last = writer.sql("SELECT revision FROM tombstone WHERE state = 'FORGOTTEN'"
                        + " AND change_time < :before ORDER BY revision DESC LIMIT 1")
                .param("before", before.toEpochMilli())
                .query(Long.class)
                .optional();
        last.ifPresent(this::sweepTo);
    }

    private void sweepTo(long revision) {
        writer.sql("DELETE FROM tombstone WHERE state = 'FORGOTTEN' AND revision <= :revision")
                .param("revision", revision)
                .update();
        revisions.sweptTo(revision);
    }

    /** Claims whose lease has run out, in the order of their revisions. */
    List<Tombstone> abandoned(Instant now, long afterRevision, int limit) {
        return reader.sql("SELECT * FROM tombstone WHERE " + CLAIMED
                        + " AND lease_until <= :now AND revision > :revision ORDER BY revision LIMIT :limit")
                .param("now", now.toEpochMilli())
                .param("revision", afterRevision)
                .param("limit", limit)
                .query((row, number) -> TombstoneRow.tombstone(row))
                .list();
    }

    /** The claim on one item, if its lease has run out. */
    Optional<Tombstone> abandoned(Instant now, ItemKey key) {
        return reader.sql("SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents AND id = :id"
                        + " AND " + CLAIMED + " AND lease_until <= :now")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .param("now", now.toEpochMilli())
                .query((row, number) -> TombstoneRow.tombstone(row))
                .optional();
    }

    /** Sets until when a claim is its claimer's alone. */
    void lease(Tombstone claim, Instant until) {
        writer.sql("UPDATE tombstone SET lease_until = :until WHERE resource = :resource AND parents = :parents"
                        + " AND id = :id AND version = :version AND revision = :revision AND " + CLAIMED)
                .param("until", until.toEpochMilli())
                .param("resource", KeyText.ofId(claim.key().resource()))
                .param("parents", KeyText.ofParents(claim.key().parents()))
                .param("id", KeyText.ofId(claim.key().id()))
                .param("version", claim.version())
                .param("revision", claim.revision())
                .update();
    }

    /** Ends every lease. */
    void endLeases(Instant now) {
        writer.sql("UPDATE tombstone SET lease_until = :now WHERE " + CLAIMED + " AND lease_until > :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }
}
