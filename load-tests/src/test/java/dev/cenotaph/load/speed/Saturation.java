package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.RunningTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the most that each target can answer: target after target, scenario after scenario, round after round. */
final class Saturation {
    private static final int MIXED = 5;

    private final SpeedOptions options;
    private final List<RunningTarget> targets;
    private final Sampler sampler;

    Saturation(SpeedOptions options, List<RunningTarget> targets, Sampler sampler) {
        this.options = options;
        this.targets = List.copyOf(targets);
        this.sampler = sampler;
    }

    Samples measure() {
        warmUp();
        var measured = new ArrayList<Sample>();
        for (int round = 1; round <= options.rounds(); round++) {
            measured.addAll(everywhere("round " + round, options.time()));
        }
        return Samples.of(measured);
    }

    /** First what all scenarios share, then each. A JVM that shares two cores takes its time. */
    private void warmUp() {
        for (RunningTarget target : targets) {
            sampler.sample("warm-up", Scenario.MIX, target, options.warmup().multipliedBy(MIXED));
        }
        everywhere("warm-up", options.warmup());
    }

    private List<Sample> everywhere(String what, Duration time) {
        var samples = new ArrayList<Sample>();
        for (Scenario scenario : options.scenarios()) {
            for (RunningTarget target : targets) {
                samples.add(sampler.sample(what, scenario, target, time));
            }
        }
        return samples;
    }
}
