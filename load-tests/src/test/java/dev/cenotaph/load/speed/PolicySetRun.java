package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.Median;
import dev.cenotaph.load.speed.result.PolicySetFigures;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.target.TargetOptions;
import dev.cenotaph.load.speed.target.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares a gateway of many resources with one of a single resource, in turns. */
final class PolicySetRun {
    private static final int MANY = 1_000;
    private static final int WARMUPS = 5;

    private final SpeedOptions options;
    private final Sampler sampler;

    PolicySetRun(SpeedOptions options, Sampler sampler) {
        this.options = options;
        this.sampler = sampler;
    }

    PolicySetFigures measure() throws IOException, InterruptedException {
        TargetOptions single = options.targetOptions().in("one-resource");
        TargetOptions multiple = options.targetOptions().in("many-resources").withResources(MANY);
        try (Targets one = Targets.start(List.of(Target.CENOTAPH), single);
                Targets many = Targets.start(List.of(Target.CENOTAPH), multiple)) {
            RunningTarget first = one.get(Target.CENOTAPH);
            RunningTarget second = many.get(Target.CENOTAPH);
            return new PolicySetFigures(
                    MANY, ratio(Scenario.UNGOVERNED, first, second), ratio(Scenario.LIVE, first, second));
        }
    }

    private double ratio(Scenario scenario, RunningTarget one, RunningTarget many) {
        warmUp(scenario, one);
        warmUp(scenario, many);
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < options.rounds(); round++) {
            double rateOfOne =
                    sampler.sample("one", scenario, one, options.time()).rate();
            double rateOfMany =
                    sampler.sample("many", scenario, many, options.time()).rate();
            ratios.add(rateOfMany / rateOfOne);
        }
        return Median.of(ratios.stream().mapToDouble(Double::doubleValue));
    }

    private void warmUp(Scenario scenario, RunningTarget target) {
        sampler.sample("warm-up", scenario, target, options.warmup().multipliedBy(WARMUPS));
    }
}
