package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.ManyJob.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The changes of many items in the store: what survives of them. One belongs to the process at work on it for as long as
 * that says so. Works off the event loop; fails with {@link StoreUnavailableException} where the store
 * is down.
 */
public final class ManyJobs {
    private static final Duration KEPT = Duration.ofDays(7);

    private final StoredTombstones tombstones;
    private final Clock clock;
    private final Duration lease;
    private final String owner = UUID.randomUUID().toString();

    /** @param lease how long one stays this process's alone once nobody says that it is at work */
    ManyJobs(StoredTombstones tombstones, Clock clock, Duration lease) {
        this.tombstones = tombstones;
        this.clock = clock;
        this.lease = lease;
    }

    /** Begins the change of these items; it is at work. */
    public Mono<ManyJob> begin(
            String id, String resource, List<String> parents, String change, String caller, List<String> ids) {
        var fresh = new ManyJob(
                id,
                resource,
                parents,
                change,
                caller,
                clock.instant(),
                clock.instant(),
                clock.instant().plus(lease),
                0,
                0,
                ids.size(),
                List.of());
        return write(() -> table().begin(fresh, ids, owner, clock.instant().minus(KEPT)));
    }

    /** The change of this name; empty where there is none. */
    public Mono<ManyJob> find(String job) {
        return tombstones
                .offEventLoop(() -> StoreUnavailableException.unless(() -> table().find(job)))
                .flatMap(Mono::justOrEmpty);
    }

    /** Whether nobody was at work on it, and this process is now. */
    public Mono<Boolean> take(String job) {
        return write(
                () -> table().take(job, owner, clock.instant(), clock.instant().plus(lease)));
    }

    /** How often whoever is at work on one says so. */
    public Duration beat() {
        return lease.dividedBy(3);
    }

    /** Says that this process is at work on it. False where it belongs to another by now. */
    public Mono<Boolean> keep(String job) {
        return write(() -> table().keep(job, owner, clock.instant().plus(lease)));
    }

    /** Items that are still to be done; none where it is over. */
    public Mono<List<String>> next(String job, int limit) {
        return tombstones.offEventLoop(() -> StoreUnavailableException.unless(() -> table().next(job, limit)));
    }

    /** Saves what came of some items. False where it belongs to another process by now: this one is to end. */
    public Mono<Boolean> save(String job, List<Outcome> outcomes) {
        return write(() -> table().save(
                        job, outcomes, owner, clock.instant(), clock.instant().plus(lease)));
    }

    /** Ends the work on it, whether it is over or not. */
    public Mono<Void> leave(String job) {
        return write(() -> table().leave(job, owner)).then();
    }

    private <T> Mono<T> write(java.util.function.Supplier<T> work) {
        return tombstones.offEventLoop(() -> tombstones.store().write(work));
    }

    private ManyJobTable table() {
        return tombstones.store().manyJobs();
    }
}
