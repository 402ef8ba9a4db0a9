package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Latency;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.target.Target;
import java.util.Locale;
import java.util.OptionalDouble;

/** The report as a table. */
public final class MarkdownReport {
    private static final String HEADER = """
            | scenario | target | a second | × bare | p50 µs | p90 µs | p99 µs | p99.9 µs | CPU µs | CPU × bare | errors |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private MarkdownReport() {}

    public static String of(Samples samples) {
        var table = new StringBuilder(HEADER);
        samples.medians().forEach(sample -> table.append(row(samples, sample)));
        return table.toString();
    }

    private static String row(Samples samples, Sample sample) {
        Latency latency = sample.latency();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.1f | %s | %d |%n",
                sample.scenario().words(),
                sample.target().words(),
                sample.rate(),
                ratio(samples.ratio(sample.scenario(), sample.target(), Target.BARE, Sample::rate)),
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.p999(),
                sample.cpuMicros(),
                ratio(samples.ratio(sample.scenario(), sample.target(), Target.BARE, Sample::cpuMicros)),
                sample.errors());
    }

    private static String ratio(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
    }
}
