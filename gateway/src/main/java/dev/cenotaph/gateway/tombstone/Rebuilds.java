package dev.cenotaph.gateway.tombstone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The rebuilds in the store: what survives of them. A rebuild belongs to the process that began it for as long as that
 * saves its progress; then to whoever adopts it.
 */
public final class Rebuilds {
    private final StoredTombstones tombstones;
    private final RebuildTable table;
    private final String owner;
    private final Duration lease;

    /** @param owner names this process */
    public Rebuilds(StoredTombstones tombstones, String owner, Duration lease) {
        this.tombstones = tombstones;
        this.table = tombstones.store().rebuilds();
        this.owner = owner;
        this.lease = lease;
    }

    /**
     * Begins a rebuild, or goes on with one that failed or was stopped.
     *
     * @param fresh what it begins with where none is left to go on with
     * @return empty where one of the same resource is at work
     */
    public Mono<RebuildProgress> begin(RebuildProgress fresh) {
        return tombstones
                .offEventLoop(() -> tombstones.store().write(() -> table.begin(fresh, owner, end(fresh.startTime()))))
                .flatMap(Mono::justOrEmpty);
    }

    /** Saves how far it came. False where it was stopped, or belongs to another process by now: it is to end. */
    public Mono<Boolean> save(RebuildProgress progress, Instant now) {
        return tombstones.offEventLoop(
                () -> tombstones.store().write(() -> table.save(progress, now, owner, end(now))));
    }

    /** Takes over the rebuilds whose process is gone. */
    public Mono<List<RebuildProgress>> adopt(Instant now) {
        return tombstones.offEventLoop(() -> tombstones.store().write(() -> table.adopt(now, owner, end(now))));
    }

    /** Lets others adopt what this process had at work. */
    public Mono<Void> abandon() {
        return tombstones
                .offEventLoop(() -> tombstones.store().write(() -> table.abandon(owner)))
                .then();
    }

    /** Stops a rebuild; empty where none of the collection is at work. */
    public Mono<RebuildProgress> stop(String resource, List<String> parents, Instant now) {
        return tombstones
                .offEventLoop(() -> tombstones.store().write(() -> table.stop(resource, parents, now)))
                .flatMap(Mono::justOrEmpty);
    }

    public Mono<Optional<RebuildProgress>> find(String resource, List<String> parents) {
        return tombstones.offEventLoop(() -> StoreUnavailableException.unless(() -> table.find(resource, parents)));
    }

    /** The rebuilds that are known, the latest first. */
    public Mono<List<RebuildProgress>> all(int limit) {
        return tombstones.offEventLoop(() -> StoreUnavailableException.unless(() -> table.all(limit)));
    }

    private Instant end(Instant now) {
        return now.plus(lease);
    }
}
