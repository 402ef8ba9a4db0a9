package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Latency;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** For each target of one scenario a line from its p50 to its p99.9, with a dot for each percentile. */
final class LatencyChart {
    private static final int WIDTH = 520;
    private static final int TOP = 34;
    private static final int STEP = 26;
    private static final int LEFT = 150;
    private static final int LONGEST = 340;
    private static final double BASE = 10;

    private final Scenario scenario;
    private final List<Sample> samples;
    private final double lowest;
    private final double highest;

    private LatencyChart(Scenario scenario, List<Sample> samples) {
        this.scenario = scenario;
        this.samples = samples;
        // Whole powers of ten around all that is shown, in microseconds.
        lowest = Math.floor(Math.log10(samples.stream()
                .mapToDouble(sample -> Math.max(1, sample.latency().p50()))
                .min()
                .orElse(1)));
        highest = Math.max(
                lowest + 1,
                Math.ceil(Math.log10(samples.stream()
                        .mapToDouble(sample -> Math.max(1, sample.latency().p999()))
                        .max()
                        .orElse(BASE))));
    }

    /** One for each scenario that was measured. */
    static List<String> all(Samples samples) {
        return Arrays.stream(Scenario.values())
                .flatMap(scenario -> chart(samples, scenario))
                .toList();
    }

    private static Stream<String> chart(Samples samples, Scenario scenario) {
        List<Sample> ofScenario = samples.medians().stream()
                .filter(sample -> sample.scenario() == scenario)
                .toList();
        return ofScenario.isEmpty() ? Stream.empty() : Stream.of(new LatencyChart(scenario, ofScenario).svg());
    }

    private String svg() {
        var svg = new StringBuilder(scale());
        int y = TOP + STEP / 2;
        for (Sample sample : samples) {
            svg.append(line(sample, y));
            y += STEP;
        }
        return """
                <svg viewBox="0 0 %d %d" role="img" aria-label="latency, %s">
                <text class="title" x="12" y="21">%s</text>
                %s</svg>""".formatted(WIDTH, height(), scenario.words(), scenario.words(), svg);
    }

    private int height() {
        return TOP + STEP * (samples.size() + 1);
    }

    private String scale() {
        var lines = new StringBuilder();
        for (double power = lowest; power <= highest; power++) {
            double x = x(Math.pow(BASE, power));
            lines.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#cbd2d9\"/>"
                            + "<text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x,
                    TOP,
                    x,
                    height() - STEP + 6,
                    x,
                    height() - 6,
                    time(Math.pow(BASE, power))));
        }
        return lines.toString();
    }

    private String line(Sample sample, int y) {
        Latency latency = sample.latency();
        String colour = Colour.of(sample.target());
        var line = new StringBuilder(String.format(
                Locale.ROOT,
                "<text x=\"12\" y=\"%d\">%s</text>"
                        + "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>",
                y + 4,
                RateChart.name(sample.target()),
                x(latency.p50()),
                y,
                x(latency.p999()),
                y,
                colour));
        int radius = 6;
        for (double percentile : new double[] {latency.p50(), latency.p90(), latency.p99(), latency.p999()}) {
            line.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%d\" r=\"%d\" fill=\"%s\"><title>%s</title></circle>",
                    x(percentile),
                    y,
                    radius--,
                    colour,
                    time(percentile)));
        }
        return line.append('\n').toString();
    }

    private double x(double micros) {
        return LEFT + LONGEST * (Math.log10(Math.max(1, micros)) - lowest) / (highest - lowest);
    }

    private static String time(double micros) {
        return micros < 1_000
                ? String.format(Locale.ROOT, "%.0f µs", micros)
                : micros < 1_000_000
                        ? String.format(Locale.ROOT, "%.4g ms", micros / 1_000).replaceAll("\\.?0+ ", " ")
                        : String.format(Locale.ROOT, "%.1f s", micros / 1_000_000);
    }
}
