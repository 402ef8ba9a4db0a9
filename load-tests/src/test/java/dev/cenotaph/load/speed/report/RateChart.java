package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Bars of one scenario: how many answers a second each gateway gives. What the upstream does alone is written below. */
final class RateChart {
    private static final int WIDTH = 520;
    private static final int TOP = 34;
    private static final int STEP = 26;
    private static final int BAR = 18;
    private static final int LEFT = 150;
    private static final int LONGEST = 230;

    private final Samples samples;
    private final Scenario scenario;
    private final List<Sample> gateways;

    private RateChart(Samples samples, Scenario scenario) {
        this.samples = samples;
        this.scenario = scenario;
        this.gateways = Arrays.stream(Target.values())
                .filter(target -> target != Target.UPSTREAM)
                .flatMap(target -> samples.find(scenario, target).stream())
                .toList();
    }

    /** One for each scenario that some gateway answered. */
    static List<String> all(Samples samples) {
        return Arrays.stream(Scenario.values())
                .map(scenario -> new RateChart(samples, scenario))
                .flatMap(RateChart::svg)
                .toList();
    }

    private Stream<String> svg() {
        if (gateways.isEmpty()) {
            return Stream.empty();
        }
        double highest = gateways.stream().mapToDouble(Sample::rate).max().orElse(1);
        var svg = new StringBuilder();
        int y = TOP;
        for (Sample sample : gateways) {
            svg.append(bar(sample, y, LONGEST * sample.rate() / Math.max(1, highest)));
            y += STEP;
        }
        samples.find(scenario, Target.UPSTREAM).ifPresent(direct -> svg.append(direct(direct)));
        return Stream.of(
                """
                <svg viewBox="0 0 %d %d" role="img" aria-label="%s">
                <text class="title" x="12" y="21">%s</text>
                %s</svg>""".formatted(WIDTH, TOP + STEP * (gateways.size() + 1), scenario.words(), scenario.words(), svg));
    }

    private String bar(Sample sample, int y, double length) {
        OptionalDouble ratio = samples.ratio(scenario, sample.target(), Target.BARE, Sample::rate);
        String times = ratio.isPresent() ? "  (" + Figure.ratio(ratio) + "×)" : "";
        return String.format(
                Locale.ROOT,
                "<text x=\"12\" y=\"%d\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>"
                        + "<text x=\"%.1f\" y=\"%d\">%s/s%s</text>%n",
                y + BAR - 4,
                name(sample.target()),
                LEFT,
                y,
                Math.max(1, length),
                BAR,
                Colour.of(sample.target()),
                LEFT + length + 6,
                y + BAR - 4,
                Figure.whole(sample.rate()),
                times);
    }

    private String direct(Sample direct) {
        return "<text class=\"small\" x=\"12\" y=\"%d\">the upstream alone: %s/s</text>%n"
                .formatted(TOP + STEP * gateways.size() + BAR - 6, Figure.whole(direct.rate()));
    }

    static String name(Target target) {
        return switch (target) {
            case UPSTREAM -> "upstream";
            case BARE -> "bare SCG";
            case STRIPPING -> "SCG, ModifyBody";
            case CENOTAPH -> "Cenotaph";
        };
    }
}
