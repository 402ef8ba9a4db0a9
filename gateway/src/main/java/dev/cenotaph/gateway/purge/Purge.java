package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.purge.PurgeReport.Obstacle;
import dev.cenotaph.gateway.purge.PurgeReport.OfResource;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import dev.cenotaph.gateway.tombstone.PurgeQueue;
import dev.cenotaph.gateway.tombstone.PurgeQueue.Backlog;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs of the purge over all resources that have a retention. One run at a time; everything here blocks. */
public final class Purge {
    /** Who purges, in the audit. */
    public static final String ACTOR = "cenotaph-purge";

    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
    private static final Duration FAILURES_KEPT = Duration.ofDays(7);
    private static final int FAILURES_TOLD = 20;

    private final PurgeQueue queue;
    private final ItemPurge items;
    private final FamilyPurge family;
    private final UpstreamClient upstreams;
    private final Supplier<PolicySet> policies;
    private final PurgeSettings settings;
    private final InstantSource clock;
    private final Plausibility plausibility;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicReference<Optional<PurgeReport>> last = new AtomicReference<>(Optional.empty());
    private final Map<ItemKey, Tombstone> unsettled = new ConcurrentHashMap<>();
    private final PurgeCounts counts = new PurgeCounts();

    /** @param policies those in force; none where the gateway is off */
    public Purge(PurgeWorld world, UpstreamClient upstreams, Supplier<PolicySet> policies, PurgeSettings settings) {
        this.queue = world.queue();
        this.items =
                new ItemPurge(world.tombstones(), world.queue(), world.protocols(), settings.lease(), world.nanos());
        this.family = new FamilyPurge(world, items, upstreams, policies);
        this.upstreams = upstreams;
        this.policies = policies;
        this.settings = settings;
        this.clock = world.clock();
        this.plausibility = new Plausibility(settings);
    }

    /** What is due, and what stands in the way; changes nothing. */
    public PurgeReport look() {
        return report(false);
    }

    /**
     * One run; only a look where runs are dry.
     *
     * @return empty where another run is under way
     */
    public Optional<PurgeReport> run() {
        if (!running.tryLock()) {
            return Optional.empty();
        }
        try {
            PurgeReport report = report(!settings.dryRun());
            last.set(Optional.of(report));
            return Optional.of(report);
        } finally {
            running.unlock();
        }
    }

    /**
     * Believes that up to so many items of a resource are due, until the backlog is small again.
     *
     * @return false if the resource has no retention
     */
    public boolean confirm(String resource, long due) {
        boolean known = retained(policies.get()).stream()
                .anyMatch(policy -> policy.name().equals(resource));
        if (known) {
            plausibility.confirm(resource, due);
            LOG.warn("purge of {}: {} due items were confirmed", resource, due);
        }
        return known;
    }

    /** The last run of this process. */
    public Optional<PurgeReport> lastRun() {
        return last.get();
    }

    public PurgeCounts counts() {
        return counts;
    }

    /** The resources that have a retention and no credentials. */
    public List<String> withoutCredentials() {
        return retained(policies.get()).stream()
                .filter(policy -> upstreams.own(policy.upstream()).isEmpty())
                .map(ResourcePolicy::name)
                .toList();
    }

    private static List<ResourcePolicy> retained(PolicySet set) {
        return set.resources().stream()
                .filter(policy ->
                        policy.retention().isPresent() && policy.mode().acts())
                .toList();
    }

    private PurgeReport report(boolean act) {
        PolicySet set = policies.get();
        Instant now = clock.instant();
        var found = new LinkedHashMap<String, Findings>();
        retained(set).forEach(policy -> found.put(policy.name(), look(policy, now)));
        List<String> open = found.values().stream()
                .filter(findings -> findings.obstacle.isEmpty())
                .map(findings -> findings.policy.name())
                .toList();
        List<Tombstone> due =
                queue.due(open, now, settings.maxPerRun()).blockOptional().orElseThrow();
        due.forEach(tombstone -> {
            Findings findings = Objects.requireNonNull(found.get(tombstone.key().resource()));
            findings.next.add(path(tombstone, findings.policy));
        });
        if (act) {
            act(due, found, new Trace(Optional.of(ACTOR), "purge-" + UUID.randomUUID(), set.version()));
        }
        return new PurgeReport(
                now, act, found.values().stream().map(Findings::report).toList());
    }

    private Findings look(ResourcePolicy policy, Instant now) {
        Backlog backlog = queue.backlog(policy.name(), now).blockOptional().orElseThrow();
        return new Findings(policy, upstreams.own(policy.upstream()), backlog, obstacle(policy, backlog));
    }

    private Optional<Obstacle> obstacle(ResourcePolicy policy, Backlog backlog) {
        return upstreams.own(policy.upstream()).isEmpty()
                ? Optional.of(new Obstacle.NoCredentials(
                        "cenotaph.credentials has no entry for " + policy.upstream() + ", so nothing is purged"))
                : plausibility
                        .doubt(policy.name(), backlog)
                        .map(why -> new Obstacle.Implausible(why + ", so nothing is purged until that is confirmed"));
    }

    private void act(List<Tombstone> due, Map<String, Findings> found, Trace trace) {
        queue.sweepFailures(clock.instant().minus(FAILURES_KEPT)).block();
        Set<URI> failed = new HashSet<>();
        List.copyOf(unsettled.values()).forEach(open -> {
            Findings findings = found.get(open.key().resource());
            if (findings != null && findings.upstream.isPresent()) {
                note(open, findings, items.settle(open, findings.policy, findings.upstream.get(), trace), failed);
            }
        });
        for (Tombstone tombstone : due) {
            Findings findings = Objects.requireNonNull(found.get(tombstone.key().resource()));
            if (!failed.contains(findings.policy.upstream())) {
                note(
                        tombstone,
                        findings,
                        family.purge(tombstone, findings.policy, findings.upstream.orElseThrow(), trace),
                        failed);
            }
        }
        found.values().forEach(Purge::tell);
        counts.ran(found.values().stream().map(Findings::report).toList());
    }

    /** An upstream that fails is given up for this run: the next items would only wait for it as well. */
    private void note(Tombstone tombstone, Findings findings, ItemPurge.Result result, Set<URI> failed) {
        findings.counts.merge(result.outcome(), 1, Integer::sum);
        result.open()
                .ifPresentOrElse(open -> unsettled.put(tombstone.key(), open), () -> unsettled.remove(tombstone.key()));
        if (result.upstreamFailed()) {
            failed.add(findings.policy.upstream());
        }
        if (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.UNSETTLED) {
            findings.failures.add(path(tombstone, findings.policy) + ": " + result.detail());
            queue.postpone(
                            tombstone.key(),
                            result.detail(),
                            clock.instant(),
                            settings.firstRetry(),
                            settings.longestRetry())
                    .block();
        }
    }

    private static String path(Tombstone tombstone, ResourcePolicy policy) {
        return tombstone.key().path(policy, policy.item());
    }

    /** Once a run, however many items failed. */
    private static void tell(Findings findings) {
        String resource = findings.policy.name();
        findings.obstacle
                .filter(Obstacle.Implausible.class::isInstance)
                .ifPresent(stopped -> LOG.error("purge of {} is stopped: {}", resource, stopped.why()));
        if (!findings.failures.isEmpty()) {
            LOG.warn(
                    "purge of {}: {} items could not be purged and are tried again later; the first: {}",
                    resource,
                    findings.failures.size(),
                    findings.failures.getFirst());
        }
        if (!findings.counts.isEmpty()) {
            LOG.info("purge of {}: {}", resource, findings.counts);
        }
    }

    /** What is found and done with one resource. */
    private static final class Findings {
        private final ResourcePolicy policy;
        private final Optional<CallerUpstream> upstream;
        private final Backlog backlog;
        private final Optional<Obstacle> obstacle;
        private final List<String> next = new ArrayList<>();
        private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        private final List<String> failures = new ArrayList<>();

        Findings(
                ResourcePolicy policy,
                Optional<CallerUpstream> upstream,
                Backlog backlog,
                Optional<Obstacle> obstacle) {
            this.policy = policy;
            this.upstream = upstream;
            this.backlog = backlog;
            this.obstacle = obstacle;
        }

        OfResource report() {
            return new OfResource(
                    policy.name(),
                    obstacle,
                    backlog,
                    next,
                    counts,
                    failures.subList(0, Math.min(failures.size(), FAILURES_TOLD)));
        }
    }
}
