package dev.cenotaph.load.speed.result;

import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.wire.Reading;
import java.time.Duration;
import java.util.List;

/**
 * One scenario at one target, measured once or as the median of several times.
 *
 * @param rate answers a second
 * @param bytesPerSecond of bodies
 * @param cpuMicros what the target's process used of all cores for an answer, in microseconds
 * @param errors wrong answers and broken connections, all together
 * @param firstErrors a few of them, in words
 */
public record Sample(
        Scenario scenario,
        Target target,
        double rate,
        double bytesPerSecond,
        double cpuMicros,
        Latency latency,
        long errors,
        List<String> firstErrors) {
    private static final double NANOS_IN_MICRO = 1_000;
    private static final int ERRORS_IN_WORDS = 5;

    public Sample {
        firstErrors = List.copyOf(firstErrors);
    }

    /** @param cpu what the target's process used meanwhile */
    public static Sample of(Scenario scenario, Target target, Reading reading, Duration cpu) {
        return new Sample(
                scenario,
                target,
                reading.rate(),
                reading.bytesPerSecond(),
                cpu.toNanos() / NANOS_IN_MICRO / Math.max(1, reading.answers()),
                Latency.of(reading.latency()),
                reading.errors(),
                reading.firstErrors());
    }

    /** Of samples of one scenario at one target. Errors are added up. */
    static Sample median(List<Sample> samples) {
        Sample any = samples.getFirst();
        return new Sample(
                any.scenario,
                any.target,
                Median.of(samples.stream().mapToDouble(Sample::rate)),
                Median.of(samples.stream().mapToDouble(Sample::bytesPerSecond)),
                Median.of(samples.stream().mapToDouble(Sample::cpuMicros)),
                Latency.median(samples.stream().map(Sample::latency).toList()),
                samples.stream().mapToLong(Sample::errors).sum(),
                samples.stream()
                        .flatMap(sample -> sample.firstErrors.stream())
                        .distinct()
                        .limit(ERRORS_IN_WORDS)
                        .toList());
    }
}
