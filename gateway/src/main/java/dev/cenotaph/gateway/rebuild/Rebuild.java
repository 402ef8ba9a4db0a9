package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.tombstone.RebuildProgress;
import dev.cenotaph.gateway.tombstone.RebuildProgress.Seen;
import dev.cenotaph.gateway.tombstone.RebuildProgress.State;
import dev.cenotaph.gateway.tombstone.Rebuilds;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds the index of collections, one at a time of each resource. The progress is durable after each page: whoever
 * starts next, or another replica, goes on with what a process left.
 */
public final class Rebuild implements AutoCloseable {
    /** Who learns, in the audit. */
    public static final String ACTOR = "cenotaph-rebuild";

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int ATTEMPTS = 4;

    private final Rebuilds rebuilds;
    private final RebuildWorld world;
    private final UpstreamClient upstreams;
    private final Supplier<PolicySet> policies;
    private final Duration adoptEvery;
    private final Thread adopting = Thread.ofVirtual().name("cenotaph-rebuild").unstarted(this::adopt);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("cenotaph-rebuild-", 0).factory());

    /**
     * Rebuilds, at rest until started or asked for.
     *
     * @param callsPerSecond how fast all rebuilds together may call upstreams
     * @param adoptEvery how often to look for rebuilds that another process left
     */
    public Rebuild(
            Rebuilds rebuilds,
            Tombstones tombstones,
            UpstreamClient upstreams,
            Supplier<PolicySet> policies,
            double callsPerSecond,
            Duration adoptEvery,
            InstantSource clock) {
        this.rebuilds = rebuilds;
        this.world = new RebuildWorld(tombstones, new MarkerProtocols(tombstones), new Pace(callsPerSecond), clock);
        this.upstreams = upstreams;
        this.policies = policies;
        this.adoptEvery = adoptEvery;
    }

    /** What became of the wish to rebuild. */
    public sealed interface Start {
        record Started(RebuildProgress progress) implements Start {}

        /** One of the same resource is at work. */
        record Busy() implements Start {}

        /** {@code cenotaph.credentials} has none for the upstream. */
        record NoCredentials() implements Start {}

        /** The trash lies with us alone: no list tells of it. */
        record NothingToLearn() implements Start {}
    }

    /** Goes on with what was left, at once and from then on. */
    public void start() {
        adopting.start();
    }

    /** Begins a rebuild, or goes on with one that failed or was stopped. */
    public Start begin(ResourcePolicy policy, List<String> parents) {
        if (policy.marker() instanceof Marker.Snapshot) {
            return new Start.NothingToLearn();
        }
        Optional<CallerUpstream> upstream = upstreams.own(policy.upstream());
        if (upstream.isEmpty()) {
            return new Start.NoCredentials();
        }
        Instant now = now();
        var fresh = new RebuildProgress(
                policy.name(),
                parents,
                State.RUNNING,
                Optional.of(Walk.firstPage(policy, parents)),
                Seen.NOTHING,
                Optional.empty(),
                now,
                now,
                "rebuild-" + UUID.randomUUID());
        Optional<RebuildProgress> begun = rebuilds.begin(fresh).blockOptional();
        begun.ifPresent(this::walk);
        return begun.<Start>map(Start.Started::new).orElseGet(Start.Busy::new);
    }

    /** Stops a rebuild; empty where none of the collection is at work. */
    public Optional<RebuildProgress> stop(ResourcePolicy policy, List<String> parents) {
        return rebuilds.stop(policy.name(), parents, now()).blockOptional();
    }

    public Optional<RebuildProgress> progress(ResourcePolicy policy, List<String> parents) {
        return rebuilds.find(policy.name(), parents).blockOptional().orElseThrow();
    }

    /** The rebuilds that are known, the latest first. */
    public List<RebuildProgress> all() {
        return rebuilds.all(100).blockOptional().orElseThrow();
    }

    @Override
    public void close() {
        adopting.interrupt();
        threads.shutdownNow();
        threads.close();
        try {
            rebuilds.abandon().block();
        } catch (RuntimeException unavailable) {
            LOG.debug("rebuilds under way are left to run out", unavailable);
        }
    }

    private void adopt() {
        try {
            while (true) {
                lookForAbandoned();
                Thread.sleep(adoptEvery);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookForAbandoned() throws InterruptedException {
        try {
            rebuilds.adopt(now()).blockOptional().orElseThrow().forEach(this::walk);
        } catch (RuntimeException unavailable) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("rebuilds that were left could not be looked for: {}", unavailable.toString());
        }
    }

    private void walk(RebuildProgress begun) {
        threads.execute(() -> {
            try {
                walkOn(begun);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failed) {
                if (!Thread.currentThread().isInterrupted()) {
                    LOG.warn(
                            "the rebuild of {} broke off, and is taken up again: {}",
                            begun.resource(),
                            failed.toString());
                }
            }
        });
    }

    private void walkOn(RebuildProgress begun) throws InterruptedException {
        PolicySet set = policies.get();
        Optional<ResourcePolicy> policy =
                set.resource(begun.resource()).filter(one -> one.mode().acts());
        Optional<CallerUpstream> upstream = policy.flatMap(one -> upstreams.own(one.upstream()));
        if (policy.isEmpty() || upstream.isEmpty()) {
            save(begun.failed("no policy in force names it, or cenotaph.credentials has no entry for its upstream"));
            return;
        }
        var trace = new Trace(Optional.of(ACTOR), begun.requestId(), set.version());
        walkOn(begun, set, new Walk(policy.get(), begun.parents(), upstream.get(), world, trace));
    }

    /** @param set that the walk goes by; where another is in force, it goes on by that */
    private void walkOn(RebuildProgress begun, PolicySet set, Walk walk) throws InterruptedException {
        var read = new HashSet<String>();
        RebuildProgress progress = begun;
        while (progress.state() == State.RUNNING) {
            if (!policies.get().version().equals(set.version())) {
                walkOn(progress);
                return;
            }
            RebuildProgress current = progress;
            progress = read.add(current.nextPage().orElseThrow())
                    ? page(walk, current)
                    : current.failed("its pages lead in a circle, back to "
                            + current.nextPage().orElseThrow());
            if (!save(progress)) {
                return;
            }
        }
        tell(progress);
    }

    /** What fails once may have been bad luck. */
    private RebuildProgress page(Walk walk, RebuildProgress current) throws InterruptedException {
        RebuildProgress read = walk.page(current, () -> save(current));
        for (int attempt = 1; attempt < ATTEMPTS && read.state() == State.FAILED; attempt++) {
            Thread.sleep(Duration.ofMillis(250L << attempt));
            read = walk.page(current, () -> save(current));
        }
        return read;
    }

    private boolean save(RebuildProgress progress) {
        return rebuilds.save(progress, now()).blockOptional().orElseThrow();
    }

    private static void tell(RebuildProgress progress) {
        if (progress.state() == State.FAILED) {
            LOG.warn(
                    "the rebuild of {} failed at page {}: {}",
                    progress.resource(),
                    progress.seen().pages() + 1,
                    progress.failure().orElse(""));
        } else {
            LOG.info("the rebuild of {} is done: {}", progress.resource(), progress.seen());
        }
    }

    private Instant now() {
        return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
