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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What survives: tombstones and their audit lines in a database. Everything here blocks. */
final class TombstoneStore implements AutoCloseable {
    private final Engine engine;
    private final Clock clock;
    private final JdbcClient writer;
    private final RevisionCounter revisions;
    private final TombstoneTable tombstones;
    private final AuditTable audit;
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
        var reader = JdbcClient.create(engine.reader());
        this.revisions = new RevisionCounter(writer, reader);
        this.tombstones = new TombstoneTable(writer, reader, revisions);
        this.audit = new AuditTable(writer);
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
            long revision = revisions.next();
            if (revision > seen + 1) {
                missed.accept(readMissed(seen, revision));
            }
            Standing standing = tombstones.standing(key);
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
            long revision = revisions.next();
            Standing standing = tombstones.standing(key);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Optional<T> done = work.apply(standing, now);
            done.ifPresentOrElse(
                    result -> audit.add(key, action, revision, standing, standing, reason, now.toEpochMilli(), trace),
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
            revisions.awaitTurn();
            return work.get();
        });
    }

    /** The tombstone, in whatever state. */
    Optional<Tombstone> find(ItemKey key) {
        return StoreUnavailableException.unless(() -> tombstones.find(key));
    }

    /** Tombstones of gone items in a collection that hold one of these values, in the order of the values. */
    List<Tombstone> holders(String resource, List<String> parents, List<KeyValue> values) {
        return StoreUnavailableException.unless(() -> uniqueValues.holders(resource, parents, values));
    }

    /** Tombstones of gone items in a collection, newest first, that come after a place in that order. */
    List<Tombstone> gone(String resource, List<String> parents, PageToken.Place after, int limit) {
        return StoreUnavailableException.unless(() -> tombstones.gone(resource, parents, after, limit));
    }

    /** How many items of a collection are gone; empty where it was never read whole, or one of them is being purged. */
    Optional<Long> count(String resource, List<String> parents) {
        return StoreUnavailableException.unless(() -> reading.execute(status ->
                rebuilds.isRead(resource, parents) ? tombstones.countGone(resource, parents) : Optional.empty()));
    }

    /** Claims whose lease has run out, in the order of their revisions. */
    List<Tombstone> abandoned(Instant now, long afterRevision, int limit) {
        return StoreUnavailableException.unless(() -> tombstones.abandoned(now, afterRevision, limit));
    }

    /** The claim on one item, if its lease has run out. */
    Optional<Tombstone> abandoned(Instant now, ItemKey key) {
        return StoreUnavailableException.unless(() -> tombstones.abandoned(now, key));
    }

    /** Sets until when claims are their claimers' alone. A lease is no change of state: it takes no revision. */
    void lease(List<Tombstone> claims, Instant until) {
        StoreUnavailableException.unless(() -> transaction.execute(status -> {
            requireWritable();
            claims.forEach(claim -> tombstones.lease(claim, until));
            return true;
        }));
    }

    /** Ends every lease: whoever held one is no more. */
    void endLeases(Instant now) {
        StoreUnavailableException.unless(() -> transaction.execute(status -> {
            tombstones.endLeases(now);
            return true;
        }));
    }

    /**
     * Every gone item, in any order.
     *
     * @param consumer called on one other thread
     * @return the last revision before
     */
    long loadGone(Consumer<ItemKey> consumer) {
        return StoreUnavailableException.unless(() -> reading.execute(status -> {
            long latest = revisions.latest();
            tombstones.readGone(consumer);
            return latest;
        }));
    }

    /** @throws StoreUnavailableException where it cannot be read, or must not be written to */
    void check() {
        StoreUnavailableException.unless(() -> {
            requireWritable();
            return revisions.latest();
        });
    }

    /** What changed after a revision; the first of it where that is much. */
    Changes changedSince(long revision) {
        return StoreUnavailableException.unless(() -> tombstones.changedSince(revision));
    }

    /** Drops what was forgotten before a moment: others have read it, and no answer on its way is that old. */
    void sweep(Instant before) {
        writeInTurn(() -> {
            tombstones.sweep(before);
            return true;
        });
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

    /**
     * Others wait meanwhile.
     *
     * @param own the revision of the change that is about to be made: it is none that was missed, and may yet be rolled back
     */
    private Changes readMissed(long seen, long own) {
        Changes missed = tombstones.missedSince(seen);
        if (missed.swept() || !missed.complete()) {
            throw new StoreUnavailableException("Changes of other replicas have to be read first");
        }
        return new Changes(missed.seen(), own - 1, true, false);
    }

    private void write(ItemKey key, Standing before, Change change, Trace trace) {
        long now = clock.millis();
        switch (change.next()) {
            case Held held -> {
                tombstones.put(held, now, trace);
                if (!change.values().isEmpty()) {
                    uniqueValues.put(key, change.values());
                }
            }
            case Forgotten forgotten -> {
                tombstones.forget(key, forgotten, now, trace);
                dropWhatGoesWithIt(key);
            }
            case Unknown unknown -> throw new IllegalStateException("No change leads to " + unknown);
        }
        audit.add(
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

    private void dropWhatGoesWithIt(ItemKey key) {
        bodies.dropAll(key, FormerBody.Kind.SNAPSHOT);
        recreations.dropOpen(key);
        uniqueValues.drop(key);
    }
}
