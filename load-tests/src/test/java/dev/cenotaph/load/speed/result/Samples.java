package dev.cenotaph.load.speed.result;

import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The medians of a run, in the order of scenarios and targets.
 *
 * @param medians one for each scenario at each target that was measured
 */
public record Samples(List<Sample> medians) {

    public Samples {
        medians = List.copyOf(medians);
    }

    /** Of all that was measured, round after round. */
    public static Samples of(List<Sample> measured) {
        return new Samples(Arrays.stream(Scenario.values())
                .flatMap(scenario ->
                        Arrays.stream(Target.values()).flatMap(target -> median(measured, scenario, target)))
                .toList());
    }

    public Optional<Sample> find(Scenario scenario, Target target) {
        return medians.stream()
                .filter(sample -> sample.scenario() == scenario && sample.target() == target)
                .findFirst();
    }

    /** How many times a figure of the one target is that of the other; none where one of them was not measured. */
    public OptionalDouble ratio(Scenario scenario, Target of, Target to, ToDoubleFunction<Sample> figure) {
        Optional<Sample> dividend = find(scenario, of);
        Optional<Sample> divisor = find(scenario, to);
        return dividend.isEmpty() || divisor.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(figure.applyAsDouble(dividend.get()) / figure.applyAsDouble(divisor.get()));
    }

    public long errors() {
        return medians.stream().mapToLong(Sample::errors).sum();
    }

    private static Stream<Sample> median(List<Sample> measured, Scenario scenario, Target target) {
        List<Sample> samples = measured.stream()
                .filter(sample -> sample.scenario() == scenario && sample.target() == target)
                .toList();
        return samples.isEmpty() ? Stream.empty() : Stream.of(Sample.median(samples));
    }
}
