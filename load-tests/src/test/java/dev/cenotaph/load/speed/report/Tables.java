package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.GatlingFigures;
import dev.cenotaph.load.speed.result.Goal;
import dev.cenotaph.load.speed.result.Goals;
import dev.cenotaph.load.speed.result.Latency;
import dev.cenotaph.load.speed.result.LongListFigures;
import dev.cenotaph.load.speed.result.PolicySetFigures;
import dev.cenotaph.load.speed.result.Results;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The results as tables. A table that nothing was measured for is left out. */
final class Tables {
    private static final double BYTES_IN_MEGABYTE = 1e6;

    private final Results results;

    private Tables(Results results) {
        this.results = results;
    }

    static List<Table> of(Results results) {
        var tables = new Tables(results);
        return Stream.of(
                        tables.goals(),
                        tables.saturation(),
                        tables.paced(),
                        tables.longList(),
                        tables.policySet(),
                        tables.gatling())
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    private Table goals() {
        return new Table(
                "Goals",
                "× is Cenotaph's figure as a multiple of the other's, in this run.",
                List.of("what", "against", ">measured", ">goal", "verdict"),
                Goals.of(results).stream().map(Tables::row).toList());
    }

    private static List<String> row(Goal goal) {
        String sign = switch (goal.bound()) {
            case AT_LEAST -> "≥ ";
            case AT_MOST -> "≤ ";
        };
        return List.of(
                goal.what(),
                goal.against(),
                goal.measured().isPresent() ? Figure.ratio(goal.measured()) + goal.unit() : "",
                sign + Figure.ratio(goal.goal()) + goal.unit(),
                verdict(goal));
    }

    private static String verdict(Goal goal) {
        return switch (goal.verdict()) {
            case MET -> "met";
            case MISSED -> "**missed**";
            case NOT_MEASURED -> "not measured";
        };
    }

    private Table saturation() {
        return new Table(
                "The most that each target answers",
                "Every connection asks again as soon as it is answered, so that latencies are those of a target under all"
                        + " the load that it can take. CPU is what the target's process used for one answer.",
                List.of(
                        "scenario",
                        "target",
                        ">answers/s",
                        ">× bare",
                        ">p50 ms",
                        ">p90 ms",
                        ">p99 ms",
                        ">p99.9 ms",
                        ">CPU µs",
                        ">CPU × bare",
                        ">errors"),
                results.saturation().medians().stream().map(this::row).toList());
    }

    private List<String> row(Sample sample) {
        Latency latency = sample.latency();
        return List.of(
                sample.scenario().words(),
                sample.target().words(),
                Figure.whole(sample.rate()),
                Figure.ratio(ratio(sample, Sample::rate)),
                Figure.millis(latency.p50()),
                Figure.millis(latency.p90()),
                Figure.millis(latency.p99()),
                Figure.millis(latency.p999()),
                Figure.whole(sample.cpuMicros()),
                Figure.ratio(ratio(sample, Sample::cpuMicros)),
                Figure.whole(sample.errors()));
    }

    private OptionalDouble ratio(Sample sample, ToDoubleFunction<Sample> figure) {
        return results.saturation().ratio(sample.scenario(), sample.target(), Target.BARE, figure);
    }

    private Table paced() {
        return new Table(
                "Latency at half the load",
                "Half of what the slower of bare gateway and Cenotaph sustains, at every target alike. A latency begins"
                        + " when the request was due. Added is what the upstream alone does not take.",
                List.of(
                        "scenario",
                        "target",
                        ">requests/s",
                        ">p50 ms",
                        ">p90 ms",
                        ">p99 ms",
                        ">p99.9 ms",
                        ">added p50",
                        ">added p99",
                        ">CPU µs",
                        ">errors"),
                results.paced().samples().medians().stream().map(this::pacedRow).toList());
    }

    private List<String> pacedRow(Sample sample) {
        Latency latency = sample.latency();
        Optional<Latency> added = results.paced().added(sample.scenario(), sample.target());
        return List.of(
                sample.scenario().words(),
                sample.target().words(),
                Figure.whole(sample.rate()),
                Figure.millis(latency.p50()),
                Figure.millis(latency.p90()),
                Figure.millis(latency.p99()),
                Figure.millis(latency.p999()),
                added.map(more -> Figure.millis(more.p50())).orElse(""),
                added.map(more -> Figure.millis(more.p99())).orElse(""),
                Figure.whole(sample.cpuMicros()),
                Figure.whole(sample.errors()));
    }

    private Table longList() {
        return new Table(
                "A list longer than the heap",
                "Streamed through Cenotaph and filtered. Heap is the median of what is in use, garbage and all.",
                List.of(">list MB", ">heap limit MB", ">MB/s", ">heap early MB", ">heap late MB", "errors"),
                results.longList().stream().map(Tables::row).toList());
    }

    private static List<String> row(LongListFigures list) {
        return List.of(
                Figure.whole(list.bytes() / BYTES_IN_MEGABYTE),
                Figure.whole(list.maxHeapMegabytes()),
                Figure.whole(list.bytesPerSecond() / BYTES_IN_MEGABYTE),
                Figure.whole(list.earlyHeapMegabytes()),
                Figure.whole(list.lateHeapMegabytes()),
                list.completes() ? "none" : list.errors());
    }

    private Table policySet() {
        return new Table(
                "Many resources",
                "Throughput of Cenotaph as a multiple of its throughput with a single resource.",
                List.of(">resources", Scenario.UNGOVERNED.words(), Scenario.LIVE.words()),
                results.policySet().stream().map(Tables::row).toList());
    }

    private static List<String> row(PolicySetFigures figures) {
        return List.of(
                Figure.whole(figures.resources()), Figure.ratio(figures.ungoverned()), Figure.ratio(figures.live()));
    }

    private Table gatling() {
        return new Table(
                "At fixed arrival rates, as Gatling saw it",
                "In milliseconds, which is what Gatling counts in, over all rounds together. Its own report lies beside this"
                        + " one.",
                List.of(
                        "scenario",
                        "target",
                        ">arrivals/s",
                        ">p50 ms",
                        ">p90 ms",
                        ">p99 ms",
                        ">p99.9 ms",
                        ">requests",
                        ">errors"),
                results.gatling().stream().map(Tables::row).toList());
    }

    private static List<String> row(GatlingFigures figures) {
        return List.of(
                Scenario.of(figures.scenario()).words(),
                Target.of(figures.target()).words(),
                Figure.whole(figures.rate()),
                Figure.whole(figures.p50()),
                Figure.whole(figures.p90()),
                Figure.whole(figures.p99()),
                Figure.whole(figures.p999()),
                Figure.whole(figures.requests()),
                Figure.whole(figures.errors()));
    }
}
