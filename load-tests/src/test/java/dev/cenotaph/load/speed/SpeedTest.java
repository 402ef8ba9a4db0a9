package dev.cenotaph.load.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.speed.result.Results;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the load tests. Its figures are of programs that have just started, on a machine that may do other
 * things: they are good enough to find an answer that is wrong, and a blunder that doubles a cost and doubles it again.
 */
final class SpeedTest {
    /** Cenotaph's share of the bare gateway's rate, at least. Warm programs are far above: docs/how-fast.md. */
    private static final Map<Scenario, Double> LOWEST =
            Map.of(Scenario.UNGOVERNED, 0.3, Scenario.LIVE, 0.3, Scenario.LIST_100, 0.1);

    @TempDir
    Path directory;

    @Test
    void everyAnswerIsRightAndNothingCostsFarTooMuch() throws IOException, InterruptedException {
        Results results = Speed.run(SpeedOptions.parse(
                "--form=short",
                "--parts=saturation,half,gatling",
                // What is compiled quickly is at its best soon, and says more than what is still half interpreted.
                "--jvm=-XX:TieredStopAtLevel=1",
                "--scenarios=ungoverned,live,gone,list-100,delete,restore",
                "--targets=upstream,bare,cenotaph",
                "--output=" + directory));
        Samples samples = results.saturation();
        assertThat(samples.medians())
                .hasSize(18)
                .allSatisfy(sample ->
                        assertThat(sample.firstErrors()).as(sample.toString()).isEmpty())
                .allSatisfy(sample -> assertThat(sample.rate()).isPositive());
        assertThat(results.paced().samples().medians())
                .hasSize(9)
                .allSatisfy(sample -> assertThat(sample.errors()).isZero());
        assertThat(results.gatling())
                .hasSize(18)
                .allSatisfy(figures -> assertThat(figures.errors()).isZero());
        assertThat(LOWEST)
                .allSatisfy((scenario, lowest) -> assertThat(share(samples, scenario))
                        .as(scenario.words())
                        .isGreaterThan(lowest));
        assertThat(directory.resolve("report.html")).isNotEmptyFile();
        assertThat(Files.readString(directory.resolve("report.md"))).contains("## Goals");
    }

    /** By the clock or by the CPU, whichever is kinder: what else the machine does spoils the one and then the other. */
    private static double share(Samples samples, Scenario scenario) {
        double byClock = samples.ratio(scenario, Target.CENOTAPH, Target.BARE, Sample::rate)
                .orElseThrow();
        double byCpu = samples.ratio(scenario, Target.BARE, Target.CENOTAPH, Sample::cpuMicros)
                .orElseThrow();
        return Math.max(byClock, byCpu);
    }
}
