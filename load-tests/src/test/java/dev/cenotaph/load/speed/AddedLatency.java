package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.Paced;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Measures how long answers take when each target is asked at half the rate that the slower gateway can sustain. */
final class AddedLatency {
    private static final List<Scenario> SCENARIOS = List.of(Scenario.UNGOVERNED, Scenario.LIVE, Scenario.DELETE);

    private final SpeedOptions options;
    private final List<RunningTarget> targets;
    private final Sampler sampler;

    AddedLatency(SpeedOptions options, List<RunningTarget> targets, Sampler sampler) {
        this.options = options;
        this.targets = targets.stream()
                .filter(target -> target.target() != Target.STRIPPING)
                .toList();
        this.sampler = sampler;
    }

    /** @param saturation tells the rates; a scenario that is not in it is left out */
    Paced measure(Samples saturation) throws InterruptedException {
        var measured = new ArrayList<Sample>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : SCENARIOS) {
                OptionalDouble rate = rate(saturation, scenario);
                if (rate.isPresent()) {
                    measured.addAll(everywhere("half " + round, scenario, rate.getAsDouble()));
                }
            }
        }
        return new Paced(Samples.of(measured));
    }

    private List<Sample> everywhere(String what, Scenario scenario, double rate) throws InterruptedException {
        var samples = new ArrayList<Sample>();
        for (RunningTarget target : targets) {
            samples.add(sampler.paced(what, scenario, target, rate, options.time()));
        }
        return samples;
    }

    private static OptionalDouble rate(Samples saturation, Scenario scenario) {
        return Stream.of(Target.BARE, Target.CENOTAPH)
                .flatMap(target -> saturation.find(scenario, target).stream())
                .mapToDouble(sample -> sample.rate() / 2)
                .min();
    }
}
