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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the load tests. Its figures are of programs that have just started, on a machine that may do other
 * things: they are good enough to find an answer that is wrong, and a blunder that doubles a cost and doubles it again.
 */
final class SpeedTest {
    /** Cenotaph may not be slower than this share of the bare gateway's rate, and use the CPU so many times as long. */
    private static final double SLOWEST = 0.4;

    private static final List<Scenario> BOUNDED = List.of(Scenario.UNGOVERNED, Scenario.LIVE, Scenario.LIST_100);

    @TempDir
    Path directory;

    @Test
    void everyAnswerIsRightAndNothingCostsFarTooMuch() throws IOException, InterruptedException {
        Results results = Speed.run(SpeedOptions.parse(
                "--form=short",
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
                .hasSize(6)
                .allSatisfy(sample -> assertThat(sample.errors()).isZero());
        assertThat(BOUNDED)
                .allSatisfy(scenario -> assertThat(share(samples, scenario))
                        .as(scenario.words())
                        .isGreaterThan(SLOWEST));
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
