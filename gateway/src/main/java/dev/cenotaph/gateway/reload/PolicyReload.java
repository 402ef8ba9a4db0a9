package dev.cenotaph.gateway.reload;

import dev.cenotaph.gateway.filter.Policies;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.Report.Outcome;
import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.source.PolicyFiles;
import dev.cenotaph.policy.source.PolicyFiles.Found;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import dev.cenotaph.policy.yaml.Environment;
import dev.cenotaph.policy.yaml.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the policy files, and takes over what changed: all of it, once it stayed the same for two looks, compiles, and
 * may follow what is in force. Otherwise the last good set stays. One look at a time; blocks.
 */
public final class PolicyReload {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReload.class);
    private static final int LOOKS = 20;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    private final Source source;
    private final PoliciesInForce inForce;
    private final Predicate<String> hasTrash;
    private final RoutesAhead routes;
    private final Clock clock;
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Report last;
    private volatile @Nullable Instant lookingSince;

    /**
     * A reload.
     *
     * @param hasTrash whether a resource has trashed items, or may have
     */
    public PolicyReload(
            Source source, PoliciesInForce inForce, Predicate<String> hasTrash, RoutesAhead routes, Clock clock) {
        this.source = source;
        this.inForce = inForce;
        this.hasTrash = hasTrash;
        this.routes = routes;
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
        this.last =
                new Report(clock.instant(), Outcome.TAKEN, inForce.get().set().version(), List.of());
    }

    /**
     * Where policies come from.
     *
     * @param mode of the whole gateway
     * @param settle between two looks that have to see the same
     */
    public record Source(Path path, Environment environment, Mode mode, Duration settle) {}

    public Path path() {
        return source.path();
    }

    /** What came of the last look that saw anything new; or that one does not come back, as from a file system that hangs. */
    public Report last() {
        Instant since = lookingSince;
        return since != null && since.plus(LONGEST_LOOK).isBefore(clock.instant())
                ? unreadable("A look at the files that began at " + since + " has not come back.")
                : last;
    }

    /** How many looks ended so. Looks that see what the last one saw do not count. */
    public long count(Outcome outcome) {
        return counts.getOrDefault(outcome, new LongAdder()).sum();
    }

    /** Looks, and takes over what changed. Waits for another look, but not for one that does not come back. */
    public Report look() throws InterruptedException {
        if (!looking.tryLock(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            return last();
        }
        try {
            lookingSince = clock.instant();
            return lookNow();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("the policies at {} could not be looked at", source.path(), e);
            return told(unreadable("They could not be looked at: " + e + "."));
        } finally {
            lookingSince = null;
            looking.unlock();
        }
    }

    private Report unreadable(String what) {
        return report(
                Outcome.BROKEN,
                "",
                List.of(new PolicyProblem(
                        source.path().toString(), 1, 1, "unreadable", what, "See the gateway's log, and the disk.")));
    }

    private Report lookNow() throws InterruptedException {
        Found seen = PolicyFiles.find(source.path());
        if (isInForce(seen)) {
            return last.outcome().isGood() ? unchanged() : told(report(Outcome.UNCHANGED, seen, List.of()));
        }
        if (last.outcome() == Outcome.BROKEN
                && !last.version().isEmpty()
                && seen.problems().isEmpty()
                && seen.version().equals(last.version())) {
            return last;
        }
        Optional<Found> settled = settled(seen);
        return told(settled.map(this::judge)
                .orElseGet(() -> report(
                        Outcome.UNSETTLED,
                        seen,
                        List.of(new PolicyProblem(
                                source.path().toString(),
                                1,
                                1,
                                "unsettled",
                                "The files change faster than they can be read.",
                                "Wait until they are written.")))));
    }

    private Report unchanged() {
        return report(Outcome.UNCHANGED, inForce.get().set().version(), List.of());
    }

    private boolean isInForce(Found seen) {
        return seen.problems().isEmpty()
                && seen.version().equals(inForce.get().set().version());
    }

    /** Half of what an editor or a copy writes in two steps is no policy set. */
    private Optional<Found> settled(Found first) throws InterruptedException {
        Found before = first;
        for (int looks = 0; looks < LOOKS; looks++) {
            Thread.sleep(source.settle());
            Found now = PolicyFiles.find(source.path());
            if (now.equals(before)) {
                return Optional.of(now);
            }
            before = now;
        }
        return Optional.empty();
    }

    private Report judge(Found seen) {
        if (isInForce(seen)) {
            return report(Outcome.UNCHANGED, seen, List.of());
        }
        try {
            return judge(seen, seen.compile(source.environment()));
        } catch (InvalidPolicyException broken) {
            return report(Outcome.BROKEN, seen, broken.problems());
        }
    }

    private Report judge(Found seen, CompiledPolicies compiled) {
        Policies next = Policies.of(compiled.policies(), source.mode());
        List<PolicyProblem> objections = new Succession(inForce.get().set(), next.set(), hasTrash)
                .objections().stream().map(objection -> at(compiled, objection)).toList();
        if (!objections.isEmpty()) {
            return report(Outcome.REFUSED, seen, objections);
        }
        try {
            routes.prepare(next.set());
        } catch (IllegalStateException e) {
            LOG.error(
                    "no way could be made to the upstreams of policy set {}",
                    next.set().version(),
                    e);
            return report(
                    Outcome.REFUSED,
                    seen,
                    List.of(new PolicyProblem(
                            source.path().toString(),
                            1,
                            1,
                            "no-route",
                            "No route could be made to its upstreams: " + e.getMessage() + ".",
                            "Restart the gateway to take it over.")));
        }
        String before = inForce.get().set().version();
        inForce.swap(next);
        tell(next.set(), before);
        return report(Outcome.TAKEN, seen, List.of());
    }

    /** Where the resource stands; at the files as a whole, where it does not. */
    private PolicyProblem at(CompiledPolicies compiled, Succession.Objection objection) {
        Position place = compiled.policies().resource(objection.resource()).isPresent()
                ? compiled.places().resource(objection.resource())
                : new Position(source.path().toString(), 1, 1);
        return new PolicyProblem(
                place.file(), place.line(), place.column(), objection.code(), objection.what(), objection.mend());
    }

    private void tell(PolicySet set, String before) {
        LOG.info(
                "policy set {} follows {}: {} resources of {} upstreams",
                set.version(),
                before,
                set.resources().size(),
                set.files().size());
        set.released().stream()
                .filter(name -> set.resource(name)
                        .filter(policy -> policy.mode().acts())
                        .isPresent())
                .forEach(name -> LOG.warn(
                        "{} is in force and released: a reload may take it out, or give up its trash, unasked", name));
    }

    /** Says what is new, once. */
    private Report told(Report report) {
        Report before = last;
        boolean isNew = report.outcome() == Outcome.TAKEN
                || before.outcome() != report.outcome()
                || !before.problems().equals(report.problems())
                || !before.version().equals(report.version());
        if (!isNew) {
            return report;
        }
        last = report;
        counts.getOrDefault(report.outcome(), new LongAdder()).increment();
        if (!report.outcome().isGood()) {
            LOG.error(
                    "the policies at {} are {}, so policy set {} stays in force:\n{}",
                    source.path(),
                    report.outcome().name().toLowerCase(Locale.ROOT),
                    inForce.get().set().version(),
                    report.problems().stream().map(PolicyProblem::toString).collect(Collectors.joining("\n")));
        } else if (report.outcome() == Outcome.UNCHANGED) {
            LOG.info("the policies at {} are those in force again", source.path());
        }
        return report;
    }

    private Report report(Outcome outcome, Found seen, List<PolicyProblem> problems) {
        return report(outcome, seen.version(), problems);
    }

    private Report report(Outcome outcome, String version, List<PolicyProblem> problems) {
        return new Report(clock.instant(), outcome, version, problems);
    }
}
