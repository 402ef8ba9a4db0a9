package dev.cenotaph.load.speed.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cenotaph.load.speed.result.Goal.Verdict;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Medians, ratios and goals. */
final class ResultsTest {
    @Test
    void medianIsTheMiddleOne() {
        assertThat(Median.of(DoubleStream.of(9, 1, 5))).isEqualTo(5);
        assertThat(Median.of(DoubleStream.of(9, 1, 5, 7))).isEqualTo(6);
        assertThatThrownBy(() -> Median.of(DoubleStream.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void percentilesAreInMicroseconds() {
        var histogram = new Histogram(10_000_000_000L, 3);
        for (int i = 1; i <= 1_000; i++) {
            histogram.recordValue(i * 1_000L);
        }
        Latency latency = Latency.of(histogram);
        assertThat(latency.p50()).isCloseTo(500, within(1.0));
        assertThat(latency.p90()).isCloseTo(900, within(1.0));
        assertThat(latency.p99()).isCloseTo(990, within(1.0));
        assertThat(latency.p999()).isCloseTo(999, within(1.0));
    }

    @Test
    void everyFigureIsAMedianOfItsOwnAndErrorsAddUp() {
        Samples samples = Samples.of(List.of(
                sample(Scenario.LIVE, Target.BARE, 100, 30, 1),
                sample(Scenario.LIVE, Target.BARE, 300, 10, 0),
                sample(Scenario.LIVE, Target.BARE, 200, 20, 2)));
        Sample median = samples.find(Scenario.LIVE, Target.BARE).orElseThrow();
        assertThat(median.rate()).isEqualTo(200);
        assertThat(median.latency().p50()).isEqualTo(20);
        assertThat(median.errors()).isEqualTo(3);
        assertThat(samples.errors()).isEqualTo(3);
        assertThat(median.firstErrors()).containsExactly("wrong");
    }

    @Test
    void ratioIsOfTheOneToTheOther() {
        Samples samples = Samples.of(List.of(
                sample(Scenario.GONE, Target.CENOTAPH, 600, 5, 0), sample(Scenario.GONE, Target.BARE, 100, 20, 0)));
        assertThat(samples.ratio(Scenario.GONE, Target.CENOTAPH, Target.BARE, Sample::rate))
                .hasValue(6);
        assertThat(samples.ratio(Scenario.GONE, Target.CENOTAPH, Target.STRIPPING, Sample::rate))
                .isEmpty();
    }

    @Test
    void goalsAreMetMissedOrNotMeasured() {
        Results results = results(
                List.of(
                        sample(Scenario.GONE, Target.CENOTAPH, 500, 5, 0),
                        sample(Scenario.GONE, Target.BARE, 100, 20, 0),
                        sample(Scenario.LIVE, Target.CENOTAPH, 94, 5, 0),
                        sample(Scenario.LIVE, Target.BARE, 100, 20, 0)),
                List.of(
                        sample(Scenario.DELETE, Target.CENOTAPH, 10, 41, 0),
                        sample(Scenario.DELETE, Target.BARE, 100, 20, 0)));
        assertThat(verdict(results, "GET of a trashed item")).isEqualTo(Verdict.MET);
        assertThat(verdict(results, "governed live GET")).isEqualTo(Verdict.MISSED);
        assertThat(verdict(results, "DELETE with")).isEqualTo(Verdict.MISSED);
        assertThat(verdict(results, "list of 100")).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(verdict(results, "1,000 resources")).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void addedLatencyIsWhatTheUpstreamDoesNotTake() {
        Results results = results(
                List.of(),
                List.of(
                        sample(Scenario.UNGOVERNED, Target.UPSTREAM, 50, 100, 0),
                        sample(Scenario.UNGOVERNED, Target.BARE, 50, 500, 0),
                        sample(Scenario.UNGOVERNED, Target.CENOTAPH, 50, 300, 0)));
        Goal added = goal(results, "added p50");
        assertThat(added.measured()).hasValue(0.5);
        assertThat(added.verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void longListThatBreaksOffMissesItsGoal() {
        var broken = new LongListFigures(1L << 30, 5e8, 128, 60, 61, "the connection was closed");
        var results = new Results(
                Machine.here(), new Samples(List.of()), Paced.NOT, Optional.of(broken), Optional.empty(), List.of());
        assertThat(verdict(results, "list of 1 GB, streamed")).isEqualTo(Verdict.MISSED);
        assertThat(results.errors()).isEqualTo(1);
    }

    private static Results results(List<Sample> saturation, List<Sample> paced) {
        return new Results(
                Machine.here(),
                Samples.of(saturation),
                new Paced(Samples.of(paced)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Verdict verdict(Results results, String what) {
        return goal(results, what).verdict();
    }

    private static Goal goal(Results results, String what) {
        return Goals.of(results).stream()
                .filter(goal -> goal.what().startsWith(what))
                .findFirst()
                .orElseThrow();
    }

    private static Sample sample(Scenario scenario, Target target, double rate, double latency, long errors) {
        return new Sample(
                scenario,
                target,
                rate,
                0,
                100,
                new Latency(latency, latency, latency, latency),
                errors,
                Stream.of("wrong").limit(errors).toList());
    }
}
