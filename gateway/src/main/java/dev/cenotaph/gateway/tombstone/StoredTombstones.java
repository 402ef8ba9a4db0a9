package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Decision.Rule;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.unique.KeyValue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tombstones in a database, with an index of them in memory. A change that was begun runs to its end and reaches the
 * index, whether or not anybody still waits for it.
 */
public final class StoredTombstones implements Tombstones, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredTombstones.class);
    /** Longer than any answer of an upstream is on its way. */
    private static final Duration FORGOTTEN_KEPT = Duration.ofHours(1);

    private static final int CHANGES_BETWEEN_SWEEPS = 1_000;
    private static final int LARGEST_PAGE = 1_000;

    private final TombstoneStore store;
    private final FirstAnswerStore firstAnswers;
    private final Optional<ReplicaReader> replicas;
    private final TombstoneMemory memory;
    private final TombstoneRules rules;
    private final Clock clock;
    private final ClaimsAtWork atWork;
    private final Bodies bodies;
    private final Recreations recreations;
    /** Holds the order of changes from the database into memory. */
    private final ReentrantLock changing = new ReentrantLock(true);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tombstones-", 0).factory());
    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private StoredTombstones(
            TombstoneStore store,
            FirstAnswerStore firstAnswers,
            TombstoneMemory memory,
            Optional<ReplicaReader> replicas,
            TombstoneRules rules,
            Clock clock,
            BodyKeys bodyKeys) {
        this.store = store;
        this.firstAnswers = firstAnswers;
        this.memory = memory;
        this.replicas = replicas;
        this.rules = rules;
        this.clock = clock;
        this.atWork = new ClaimsAtWork(store, clock, rules.lease());
        this.bodies = new StoredBodies(this, bodyKeys, clock);
        this.recreations = new StoredRecreations(this, memory, clock);
    }

    /**
     * Opens the store, creates or migrates its tables, and reads the index. Blocks.
     *
     * @param lease how long a claim stays the claimer's alone once nobody renews it; longer than a write may be on its way
     * @param details how many tombstones are kept in memory with their details
     * @param staleness how long memory may go without reading other replicas' changes; at least a few seconds
     * @throws IllegalArgumentException if the address names no database that can be a store
     * @throws StoreUnavailableException if it cannot be opened, or was written by a later version
     */
    public static StoredTombstones open(
            StoreAddress address, Clock clock, Duration lease, long details, Duration staleness) {
        return open(address, clock, lease, details, staleness, BodyKeys.none());
    }

    /**
     * The same, with former bodies encrypted.
     *
     * @param bodyKeys what they lie under
     */
    public static StoredTombstones open(
            StoreAddress address, Clock clock, Duration lease, long details, Duration staleness, BodyKeys bodyKeys) {
        return open(Engine.open(address), clock, lease, details, staleness, bodyKeys);
    }

    static StoredTombstones open(Engine engine, Clock clock, Duration lease, long details, Duration staleness) {
        return open(engine, clock, lease, details, staleness, BodyKeys.none());
    }

    static StoredTombstones open(
            Engine engine, Clock clock, Duration lease, long details, Duration staleness, BodyKeys bodyKeys) {
        TombstoneRules rules = new TombstoneRules(clock, lease);
        TombstoneStore store = TombstoneStore.open(engine, clock);
        try {
            FirstAnswerStore firstAnswers = new FirstAnswerStore(engine, clock, lease);
            if (!engine.isShared()) {
                store.endLeases(clock.instant());
                firstAnswers.endLeases();
                store.write(store.manyJobs()::endLeases);
            }
            store.sweep(clock.instant().minus(FORGOTTEN_KEPT));
            TombstoneMemory memory = new TombstoneMemory(details);
            memory.load(store);
            Optional<ReplicaReader> replicas = engine.isShared()
                    ? Optional.of(ReplicaReader.start(store, memory, clock, staleness))
                    : Optional.empty();
            StoredTombstones tombstones =
                    new StoredTombstones(store, firstAnswers, memory, replicas, rules, clock, bodyKeys);
            tombstones.atWork.start();
            return tombstones;
        } catch (RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    @Override
    public boolean isTrashed(ItemKey key) {
        return memory.index().contains(key);
    }

    @Override
    public boolean anyTrashed(String resource) {
        return memory.index().size(resource) > 0;
    }

    @Override
    public boolean isCurrent() {
        return replicas.map(ReplicaReader::isCurrent).orElse(true);
    }

    @Override
    public long observe() {
        return memory.revision();
    }

    @Override
    public boolean changedSince(long observed, ItemKey key) {
        return memory.detail(key)
                .map(tombstone -> tombstone.revision() > observed)
                .orElse(true);
    }

    @Override
    public Mono<Tombstone> find(ItemKey key) {
        return Mono.defer(() -> {
            if (!isTrashed(key)) {
                return Mono.empty();
            }
            Optional<Tombstone> detail = memory.detail(key);
            return detail.isPresent() ? Mono.just(detail.get()) : optional(() -> load(key));
        });
    }

    @Override
    public Mono<Claim> begin(Deletion deletion) {
        return change(deletion.key(), deletion.trace(), () -> rules.begin(deletion))
                .doOnNext(this::took);
    }

    @Override
    public Mono<Tombstone> commit(Tombstone pending, Trace trace) {
        return settle(pending, trace, () -> rules.commit(pending));
    }

    @Override
    public Mono<Claim> claim(ItemKey key, Tombstone.State next, Trace trace) {
        return change(
                        key,
                        trace,
                        () -> next == Tombstone.State.PURGING ? unlessHeld(key, rules.claim(next)) : rules.claim(next))
                .doOnNext(this::took);
    }

    @Override
    public Mono<Void> release(Tombstone claimed, String reason, Trace trace) {
        return settle(claimed, trace, () -> rules.release(claimed, reason)).then();
    }

    @Override
    public Mono<Void> forget(Tombstone claimed, Trace trace) {
        return settle(claimed, trace, () -> rules.forget(claimed, Optional.empty()))
                .then();
    }

    @Override
    public Mono<Void> forget(Tombstone claimed, String reason, Trace trace) {
        return settle(claimed, trace, () -> rules.forget(claimed, Optional.of(reason)))
                .then();
    }

    @Override
    public boolean leave(Tombstone claimed) {
        return atWork.ended(claimed);
    }

    @Override
    public Mono<List<Tombstone>> abandoned(long afterRevision, int limit) {
        return offEventLoop(() -> store.abandoned(clock.instant(), afterRevision, limit));
    }

    @Override
    public Mono<Tombstone> abandoned(ItemKey key) {
        return optional(() -> store.abandoned(clock.instant(), key));
    }

    @Override
    public Mono<Tombstone> learnTrashed(long observed, Deletion deletion) {
        Mono<Tombstone> learned = change(deletion.key(), deletion.trace(), () -> rules.learnTrashed(observed, deletion))
                .flatMap(Mono::justOrEmpty);
        return find(deletion.key()).switchIfEmpty(learned);
    }

    @Override
    public Mono<Void> learnLive(long observed, ItemKey key, Trace trace) {
        return Mono.defer(() -> isTrashed(key)
                ? change(key, trace, () -> rules.learnLive(observed)).then()
                : Mono.empty());
    }

    @Override
    public Mono<Void> recordDeleted(ItemKey key, String outcome, Trace trace) {
        return offEventLoop(() -> store.note(
                        "DELETE", key, Optional.of(outcome), trace, (standing, now) -> Optional.of(standing)))
                .then();
    }

    @Override
    public Mono<List<Tombstone>> holders(String resource, List<String> parents, List<KeyValue> values) {
        return values.isEmpty() || !anyTrashed(resource)
                ? Mono.just(List.of())
                : offEventLoop(() -> store.holders(resource, parents, values));
    }

    /** At most a thousand tombstones a page. */
    @Override
    public Mono<TombstonePage> page(String resource, List<String> parents, int size, Optional<String> token) {
        return offEventLoop(() -> readPage(resource, parents, size, token));
    }

    @Override
    public Mono<Long> count(String resource, List<String> parents) {
        return isCurrent() ? optional(() -> store.count(resource, parents)) : Mono.empty();
    }

    @Override
    public ManyJobs manyJobs() {
        return new ManyJobs(this, clock, rules.lease());
    }

    @Override
    public FirstAnswers firstAnswers() {
        return new StoredFirstAnswers();
    }

    @Override
    public Bodies bodies() {
        return bodies;
    }

    @Override
    public Recreations recreations() {
        return recreations;
    }

    /** How many items answer gone. */
    public long size() {
        return memory.index().size();
    }

    /** How many items of a resource answer gone. */
    public long size(String resource) {
        return memory.index().size(resource);
    }

    /** How often a tombstone was wanted and at hand. */
    public long hits() {
        return memory.detailHits();
    }

    /** How often a tombstone was wanted and read from the store. */
    public long loads() {
        return loads.sum();
    }

    /** How often the store was needed and failed. */
    public long failures() {
        return failures.sum();
    }

    /** Whether the store can be read and written now. Blocks, for some seconds where it cannot. */
    public boolean isReachable() {
        try {
            store.check();
            return true;
        } catch (StoreUnavailableException unavailable) {
            LOG.debug("The store cannot be reached", unavailable);
            return false;
        }
    }

    /** Waits for the changes under way, then lets go of the database. The index goes on answering. */
    @Override
    public void close() {
        atWork.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(Engine.PATIENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Tombstone changes are still under way at the end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            replicas.ifPresent(ReplicaReader::close);
            store.close();
        }
    }

    TombstoneStore store() {
        return store;
    }

    Mono<Claim> claimDue(Tombstone due, Trace trace) {
        return change(due.key(), trace, () -> unlessHeld(due.key(), rules.claimDue(due)))
                .doOnNext(this::took);
    }

    /** Asked inside the transaction of the claim: a hold is set before it, or finds it under way. */
    private Rule<Claim> unlessHeld(ItemKey key, Rule<Claim> rule) {
        return (standing, revision) -> store.purges()
                .hold(key)
                .map(hold -> Decision.<Claim>stay(new Claim.OnHold(hold)))
                .orElseGet(() -> rule.decide(standing, revision));
    }

    private Optional<Tombstone> load(ItemKey key) {
        loads.increment();
        long before = memory.revision();
        Optional<Tombstone> found = store.find(key).filter(tombstone -> tombstone.state() != Tombstone.State.PENDING);
        found.ifPresent(tombstone -> memory.keep(tombstone, before));
        return found;
    }

    private TombstonePage readPage(String resource, List<String> parents, int size, Optional<String> token) {
        if (size < 1) {
            throw new IllegalArgumentException("A page holds at least 1, not " + size);
        }
        int limit = Math.min(size, LARGEST_PAGE);
        List<Tombstone> found = store.gone(resource, parents, PageToken.read(resource, parents, token), limit + 1);
        if (found.size() <= limit) {
            return new TombstonePage(found, Optional.empty());
        }
        String next = PageToken.write(resource, parents, PageToken.Place.of(found.get(limit - 1)));
        return new TombstonePage(found.subList(0, limit), Optional.of(next));
    }

    private <T> Mono<T> change(ItemKey key, Trace trace, Supplier<Rule<T>> rule) {
        return offEventLoop(() -> changeInTurn(key, trace, rule.get()));
    }

    private <T> Mono<T> settle(Tombstone claimed, Trace trace, Supplier<Rule<T>> rule) {
        return change(claimed.key(), trace, rule)
                .doOnSuccess(settled -> atWork.ended(claimed))
                .doOnError(StaleClaimException.class, stale -> atWork.ended(claimed));
    }

    private void took(Claim claim) {
        if (claim instanceof Claim.Granted granted) {
            atWork.took(granted.tombstone());
        }
    }

    private <T> T changeInTurn(ItemKey key, Trace trace, Rule<T> rule) {
        awaitTurn();
        try {
            Decision<T> decision = store.change(key, trace, rule, memory.revision(), memory::apply);
            decision.change().ifPresent(change -> applied(key, change));
            return decision.answer();
        } catch (StoreUnavailableException failed) {
            replicas.ifPresent(ReplicaReader::wakeUp);
            throw failed;
        } finally {
            changing.unlock();
        }
    }

    private void awaitTurn() {
        try {
            if (!changing.tryLock(Engine.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailableException("The tombstone store does not keep up", new TimeoutException());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("The tombstone store is closing", interrupted);
        }
    }

    private void applied(ItemKey key, Change change) {
        memory.apply(key, change.next());
        if (change.next().revision() % CHANGES_BETWEEN_SWEEPS == 0) {
            sweep();
        }
    }

    /** What cannot be swept now is swept later. */
    private void sweep() {
        try {
            store.sweep(clock.instant().minus(FORGOTTEN_KEPT));
        } catch (StoreUnavailableException later) {
            LOG.debug("Not swept", later);
        }
    }

    private <T> Mono<T> optional(Supplier<Optional<T>> work) {
        return offEventLoop(work).flatMap(Mono::justOrEmpty);
    }

    /** Not {@code subscribeOn}: a subscriber that leaves would interrupt the thread in the midst of a transaction. */
    <T> Mono<T> offEventLoop(Supplier<T> work) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(work, threads), true)
                .onErrorMap(
                        RejectedExecutionException.class,
                        closed -> new StoreUnavailableException("The tombstone store is closed", closed))
                .doOnError(StoreUnavailableException.class, failed -> failures.increment())
                .publishOn(Schedulers.parallel());
    }

    private final class StoredFirstAnswers implements FirstAnswers {

        @Override
        public Mono<Attempt> begin(String scope, String fingerprint) {
            return offEventLoop(() -> firstAnswers.begin(scope, fingerprint));
        }

        @Override
        public Mono<Void> keep(String scope, FirstAnswer answer) {
            return offEventLoop(() -> firstAnswers.keep(scope, answer)).then();
        }

        @Override
        public Mono<Void> leave(String scope) {
            return offEventLoop(() -> firstAnswers.leave(scope)).then();
        }
    }
}
