package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Decision.Rule;
import dev.cenotaph.gateway.tombstone.Standing.Forgotten;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.Standing.Unknown;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.unique.KeyValue;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What survives: tombstones and their audit lines in a database. Everything here blocks. */
final class TombstoneStore implements AutoCloseable {
    private static final String GONE = "state IN ('TRASHED', 'RESTORING', 'PURGING')";
    private static final String CLAIMED = "state IN ('PENDING', 'RESTORING', 'PURGING')";

    private static final int CHANGES_AT_ONCE = 5_000;

    /**
     * One text a row takes half the time of three. Not {@link #GONE}: it would lead SQLite to the index of that condition,
     * and from each entry of it to the row.
     */
    private static final String EACH_GONE = "SELECT resource || '" + KeyText.BETWEEN + "' || parents || '"
            + KeyText.BETWEEN + "' || id FROM tombstone WHERE state <> 'PENDING' AND state <> 'FORGOTTEN'";

    private final Engine engine;
    private final Clock clock;
    private final JdbcClient writer;
    private final JdbcClient reader;
    private final PurgeTable purges;
    private final RebuildTable rebuilds;
    private final BodyTable bodies;
    private final UniqueValueTable uniqueValues;
    private final ManyJobTable manyJobs;
    private final RecreationTable recreations;
    private final CascadeTable cascades;
    private final TransactionTemplate transaction;
    private final TransactionTemplate reading;

    private TombstoneStore(Engine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
        this.writer = JdbcClient.create(engine.writer());
        this.reader = JdbcClient.create(engine.reader());
        this.purges = new PurgeTable(writer, reader);
        this.rebuilds = new RebuildTable(writer, reader);
        this.bodies = new BodyTable(writer, reader);
        this.uniqueValues = new UniqueValueTable(writer, reader);
        this.manyJobs = new ManyJobTable(writer, reader);
        this.recreations = new RecreationTable(writer, reader);
        this.cascades = new CascadeTable(writer, reader);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine.writer()));
        this.reading = new TransactionTemplate(new JdbcTransactionManager(engine.reader()));
    }

    /**
     * Opens the store and brings its tables up to date.
     *
     * @param engine closed with the store, or if it cannot be opened
     */
    static TombstoneStore open(Engine engine, Clock clock) {
        try {
            migrate(engine);
            return new TombstoneStore(engine, clock);
        } catch (FlywayException failed) {
            engine.close();
            throw new StoreUnavailableException("Cannot bring the tombstone store's tables up to date", failed);
        }
    }

    /**
     * Changes what stands at a key, all or nothing, after the changes that others made since {@code seen}.
     *
     * @param missed given those changes
     * @throws StoreUnavailableException also if there are more of them than a change may hold others up for
     */
    <T> Decision<T> change(ItemKey key, Trace trace, Rule<T> rule, long seen, Consumer<Changes> missed) {
        return StoreUnavailableException.unless(() -> transaction.execute(status -> {
            requireWritable();
            long revision = nextRevision();
            if (revision > seen + 1) {
                missed.accept(readMissed(seen, revision));
            }
            Standing standing = standing(key);
            Decision<T> decision = rule.decide(standing, revision);
            decision.change().ifPresentOrElse(change -> write(key, standing, change, trace), status::setRollbackOnly);
            return decision;
        }));
    }

    /** Holds, and what is due. */
    PurgeTable purges() {
        return purges;
    }

    /** Changes of many items that are on their way. */
    ManyJobTable manyJobs() {
        return manyJobs;
    }

    /** How far rebuilds have come. */
    RebuildTable rebuilds() {
        return rebuilds;
    }

    /** Former bodies of items. */
    BodyTable bodies() {
        return bodies;
    }

    /** What restores from snapshots sent. */
    RecreationTable recreations() {
        return recreations;
    }

    /** What follows what. */
    CascadeTable cascades() {
        return cascades;
    }

    /**
     * Does what is no change of a tombstone, yet has to be in turn with them, and leaves its audit line.
     *
     * @param work given what stands, and the time; nothing is written where it comes to nothing
     */
    <T> Optional<T> note(
            String action,
            ItemKey key,
            Optional<String> reason,
            Trace trace,
            BiFunction<Standing, Instant, Optional<T>> work) {
        return StoreUnavailableException.unless(() -> transaction.execute(status -> {
            requireWritable();
            long revision = nextRevision();
            Standing standing = standing(key);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Optional<T> done = work.apply(standing, now);
            done.ifPresentOrElse(
                    result -> writeAudit(key, action, revision, standing, standing, reason, now.toEpochMilli(), trace),
                    status::setRollbackOnly);
            return done;
        }));
    }

    /** Writes what nobody reads in the order of revisions, and no audit names. */
    <T> T write(Supplier<T> work) {
        return StoreUnavailableException.unless(() -> transaction.execute(status -> {
            requireWritable();
            return work.get();
        }));
    }

    /** The same, in turn with every other change. */
    <T> T writeInTurn(Supplier<T> work) {
        return write(() -> {
            awaitTurn();
            return work.get();
        });
    }

    /** The tombstone, in whatever state. */
    Optional<Tombstone> find(ItemKey key) {
        return StoreUnavailableException.unless(() -> reader.sql(
                        "SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents AND id = :id"
                                + " AND state <> 'FORGOTTEN'")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .query((row, number) -> TombstoneRow.tombstone(row))
                .optional());
    }

    /** Tombstones of gone items in a collection that hold one of these values, in the order of the values. */
    List<Tombstone> holders(String resource, List<String> parents, List<KeyValue> values) {
        return StoreUnavailableException.unless(() -> uniqueValues.holders(resource, parents, values));
    }

    /** Tombstones of gone items in a collection, newest first, that come after a place in that order. */
    List<Tombstone> gone(String resource, List<String> parents, PageToken.Place after, int limit) {
        return StoreUnavailableException.unless(
                () -> reader.sql("SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents"
                                + " AND " + GONE + " AND delete_time <= :time AND (delete_time < :time OR id > :id)"
                                + " ORDER BY delete_time DESC, id LIMIT :limit")
                        .param("resource", KeyText.ofId(resource))
                        .param("parents", KeyText.ofParents(parents))
                        .param("time", after.deleteTime())
                        .param("id", after.id())
                        .param("limit", limit)
                        .query((row, number) -> TombstoneRow.tombstone(row))
                        .list());
    }

    /** How many items of a collection are gone; empty where it was never read whole, or one of them is being purged. */
    Optional<Long> count(String resource, List<String> parents) {
        return StoreUnavailableException.unless(() -> reading.execute(status -> {
            boolean known = rebuilds.isRead(resource, parents)
                    && count(resource, parents, CLAIMED + " AND state = 'PURGING'") == 0;
            return known ? Optional.of(count(resource, parents, GONE)) : Optional.empty();
        }));
    }

    private long count(String resource, List<String> parents, String condition) {
        return reader.sql("SELECT count(*) FROM tombstone WHERE resource = :resource AND parents = :parents AND "
                        + condition)
                .param("resource", KeyText.ofId(resource))
                .param("parents", KeyText.ofParents(parents))
                .query(Long.class)
                .single();
    }

    /** Claims whose lease has run out, in the order of their revisions. */
    List<Tombstone> abandoned(Instant now, long afterRevision, int limit) {
        return StoreUnavailableException.unless(() -> reader.sql("SELECT * FROM tombstone WHERE " + CLAIMED
                        + " AND lease_until <= :now AND revision > :revision ORDER BY revision LIMIT :limit")
                .param("now", now.toEpochMilli())
                .param("revision", afterRevision)
                .param("limit", limit)
                .query((row, number) -> TombstoneRow.tombstone(row))
                .list());
    }

    /** Sets until when claims are their claimers' alone. A lease is no change of state: it takes no revision. */
    void lease(List<Tombstone> claims, Instant until) {
        StoreUnavailableException.unless(() -> transaction.execute(status -> {
            requireWritable();
            claims.forEach(claim -> lease(claim, until));
            return true;
        }));
    }

    /** Ends every lease: whoever held one is no more. */
    void endLeases(Instant now) {
        StoreUnavailableException.unless(
                () -> writer.sql("UPDATE tombstone SET lease_until = :now WHERE " + CLAIMED + " AND lease_until > :now")
                        .param("now", now.toEpochMilli())
                        .update());
    }

    /**
     * Every gone item, in any order.
     *
     * @param consumer called on one other thread
     * @return the last revision before
     */
    long loadGone(Consumer<ItemKey> consumer) {
        return StoreUnavailableException.unless(() -> reading.execute(status -> {
            long latest =
                    reader.sql("SELECT latest FROM revision").query(Long.class).single();
            try (var keys = new KeyReader(consumer)) {
                reader.sql(EACH_GONE).query(row -> {
                    keys.add(row.getString(1));
                });
                keys.finish();
            }
            return latest;
        }));
    }

    /** @throws StoreUnavailableException where it cannot be read, or must not be written to */
    void check() {
        StoreUnavailableException.unless(() -> {
            requireWritable();
            return reader.sql("SELECT latest FROM revision").query(Long.class).single();
        });
    }

    /** What changed after a revision; the first of it where that is much. */
    Changes changedSince(long revision) {
        return StoreUnavailableException.unless(() -> changedSince(reader, revision));
    }

    /** Drops what was forgotten before a moment: others have read it, and no answer on its way is that old. */
    void sweep(Instant before) {
        StoreUnavailableException.unless(() -> transaction.execute(status -> {
            requireWritable();
            awaitTurn();
            Optional<Long> last = writer.sql("SELECT revision FROM tombstone WHERE state = 'FORGOTTEN'"
                            + " AND change_time < :before ORDER BY revision DESC LIMIT 1")
                    .param("before", before.toEpochMilli())
                    .query(Long.class)
                    .optional();
            last.ifPresent(this::sweepTo);
            return true;
        }));
    }

    /** Whether other processes may change it too. */
    boolean isShared() {
        return engine.isShared();
    }

    /** Listens for announcements of other processes' changes. */
    Engine.Listening listen(Runnable heard) {
        return engine.listen(heard);
    }

    @Override
    public void close() {
        engine.close();
    }

    private static void migrate(Engine engine) {
        Flyway.configure(TombstoneStore.class.getClassLoader())
                .dataSource(engine.migrator())
                .locations(engine.migrations().stream()
                        .map(folder -> "classpath:dev/cenotaph/gateway/tombstone/" + folder)
                        .toArray(String[]::new))
                .table("cenotaph_schema_history")
                // What a later version wrote, an earlier one could misread.
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    private void requireWritable() {
        try {
            engine.requireWritable();
        } catch (IOException unsafe) {
            throw new StoreUnavailableException("The tombstone store must not be written to", unsafe);
        }
    }

    private void lease(Tombstone claim, Instant until) {
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

    /** Locks out every other change until the transaction ends. */
    private long nextRevision() {
        return writer.sql("UPDATE revision SET latest = latest + 1 RETURNING latest")
                .query(Long.class)
                .single();
    }

    /** Whoever locks other rows first waits for one who waits for it. */
    private void awaitTurn() {
        writer.sql("UPDATE revision SET swept = swept").update();
    }

    private void sweepTo(long revision) {
        writer.sql("DELETE FROM tombstone WHERE state = 'FORGOTTEN' AND revision <= :revision")
                .param("revision", revision)
                .update();
        writer.sql("UPDATE revision SET swept = :revision")
                .param("revision", revision)
                .update();
    }

    private Standing standing(ItemKey key) {
        return writer.sql("SELECT * FROM tombstone WHERE resource = :resource AND parents = :parents AND id = :id")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .query((row, number) -> TombstoneRow.standing(row))
                .optional()
                .orElseGet(() -> new Unknown(writer.sql("SELECT swept FROM revision")
                        .query(Long.class)
                        .single()));
    }

    /**
     * Others wait meanwhile.
     *
     * @param own the revision of the change that is about to be made: it is none that was missed, and may yet be rolled back
     */
    private Changes readMissed(long seen, long own) {
        Changes missed = changedSince(writer, seen);
        if (missed.swept() || !missed.complete()) {
            throw new StoreUnavailableException("Changes of other replicas have to be read first");
        }
        return new Changes(missed.seen(), own - 1, true, false);
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

    private void write(ItemKey key, Standing before, Change change, Trace trace) {
        long now = clock.millis();
        switch (change.next()) {
            case Held held -> {
                writeHeld(held, now, trace);
                if (!change.values().isEmpty()) {
                    uniqueValues.put(key, change.values());
                }
            }
            case Forgotten forgotten -> {
                writeForgotten(key, forgotten, now, trace);
                uniqueValues.drop(key);
            }
            case Unknown unknown -> throw new IllegalStateException("No change leads to " + unknown);
        }
        writeAudit(
                key,
                change.action().name(),
                change.next().revision(),
                before,
                change.next(),
                change.reason(),
                now,
                trace);
        engine.announce(writer);
    }

    private void writeHeld(Held held, long now, Trace trace) {
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

    /** A snapshot goes with its tombstone. */
    private void writeForgotten(ItemKey key, Forgotten forgotten, long now, Trace trace) {
        bodies.dropAll(key, FormerBody.Kind.SNAPSHOT);
        recreations.dropOpen(key);
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

    private void writeAudit(
            ItemKey key,
            String action,
            long revision,
            Standing before,
            Standing after,
            Optional<String> reason,
            long now,
            Trace trace) {
        writer.sql("""
                INSERT INTO audit (revision, time, action, resource, parents, id, deletion_id, version,
                    from_state, to_state, reason, actor, request_id, policy_version)
                VALUES (:revision, :time, :action, :resource, :parents, :id, :deletion_id, :version,
                    :from_state, :to_state, :reason, :actor, :request_id, :policy_version)""")
                .param("revision", revision)
                .param("time", now)
                .param("action", action)
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .param("deletion_id", deletionId(after))
                .param("version", after.version())
                .param("from_state", state(before).orElse(null))
                .param("to_state", state(after).orElse(TombstoneRow.FORGOTTEN))
                .param("reason", reason.orElse(null))
                .param("actor", trace.actor().orElse(null))
                .param("request_id", trace.requestId())
                .param("policy_version", trace.policyVersion())
                .update();
    }

    private static String deletionId(Standing standing) {
        return switch (standing) {
            case Held held -> held.tombstone().deletionId();
            case Forgotten forgotten -> forgotten.deletionId();
            case Unknown unknown -> "";
        };
    }

    private static Optional<String> state(Standing standing) {
        return standing instanceof Held held
                ? Optional.of(held.tombstone().state().name())
                : Optional.empty();
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }
}
