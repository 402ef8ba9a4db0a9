package dev.cenotaph.load.speed.result;

import static dev.cenotaph.load.speed.result.Goal.Bound.AT_LEAST;
import static dev.cenotaph.load.speed.result.Goal.Bound.AT_MOST;

import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What the gateway aims at: ratios, since those hold on other machines, too. */
public final class Goals {
    private static final String TIMES = "×";
    private static final String BARE = "bare Spring Cloud Gateway";
    private static final String UNFILTERED = "bare Spring Cloud Gateway, unfiltered";
    private static final String TREE = "Spring Cloud Gateway with ModifyResponseBody";
    private static final String ITS_ADDED = "bare Spring Cloud Gateway's own added latency";
    private static final double BYTES_IN_MEGABYTE = 1e6;

    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    public static List<Goal> of(Results results) {
        return new Goals(results).all();
    }

    private List<Goal> all() {
        return List.of(
                rate(Scenario.LIST_100, UNFILTERED, Target.BARE, 0.85),
                rate(Scenario.LIST_100, TREE, Target.STRIPPING, 1.8),
                rate(Scenario.LIST_1000, UNFILTERED, Target.BARE, 0.6),
                rate(Scenario.LIST_1000, TREE, Target.STRIPPING, 3),
                rate(Scenario.UNGOVERNED, BARE, Target.BARE, 1),
                rate(Scenario.LIVE, BARE, Target.BARE, 0.95),
                rate(Scenario.GONE, "bare Spring Cloud Gateway passing a GET", Target.BARE, 5),
                added("p50", Latency::p50),
                added("p99", Latency::p99),
                new Goal(
                        "DELETE with a durable tombstone, p50",
                        "the same DELETE through bare Spring Cloud Gateway",
                        deleteP50(),
                        AT_MOST,
                        2,
                        TIMES),
                new Goal("list of 1 GB, streamed", "", longListSpeed(), AT_LEAST, 200, " MB/s"),
                new Goal("list of 1 GB, heap late in the answer", "early in it", longListHeap(), AT_MOST, 1.25, TIMES),
                new Goal("1,000 resources in the policy set", "one resource", policySet(), AT_LEAST, 0.95, TIMES));
    }

    private Goal rate(Scenario scenario, String against, Target other, double goal) {
        return new Goal(scenario.words(), against, rates(scenario, other), AT_LEAST, goal, TIMES);
    }

    private OptionalDouble rates(Scenario scenario, Target other) {
        return results.saturation().ratio(scenario, Target.CENOTAPH, other, Sample::rate);
    }

    /** At a rate that both sustain: under full load it would tell of queues. */
    private OptionalDouble deleteP50() {
        return results.paced()
                .samples()
                .ratio(
                        Scenario.DELETE,
                        Target.CENOTAPH,
                        Target.BARE,
                        sample -> sample.latency().p50());
    }

    private Goal added(String name, ToDoubleFunction<Latency> percentile) {
        return new Goal(
                "added " + name + " at half the saturation rate, " + Scenario.UNGOVERNED.words(),
                ITS_ADDED,
                addedRatio(percentile),
                AT_MOST,
                1,
                TIMES);
    }

    private OptionalDouble addedRatio(ToDoubleFunction<Latency> percentile) {
        Optional<Latency> ours = results.paced().added(Scenario.UNGOVERNED, Target.CENOTAPH);
        Optional<Latency> bare = results.paced().added(Scenario.UNGOVERNED, Target.BARE);
        return ours.isEmpty() || bare.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(percentile.applyAsDouble(ours.get()) / percentile.applyAsDouble(bare.get()));
    }

    private OptionalDouble longListSpeed() {
        return results.longList().stream()
                .mapToDouble(list -> list.completes() ? list.bytesPerSecond() / BYTES_IN_MEGABYTE : 0)
                .findFirst();
    }

    private OptionalDouble longListHeap() {
        return results.longList().stream()
                .mapToDouble(list -> list.lateHeapMegabytes() / list.earlyHeapMegabytes())
                .findFirst();
    }

    private OptionalDouble policySet() {
        return results.policySet().stream().mapToDouble(PolicySetFigures::lower).findFirst();
    }
}
