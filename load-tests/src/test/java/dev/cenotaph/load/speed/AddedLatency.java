package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.Paced;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures how long answers take when each target is asked at half the rate that the bare gateway can sustain. */
final class AddedLatency {
    private static final List<Scenario> SCENARIOS = List.of(Scenario.UNGOVERNED, Scenario.LIVE);

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

    /** @param saturation tells the rate; without a bare gateway there is nothing to measure */
    Paced measure(Samples saturation) throws InterruptedException {
        Optional<Sample> bare = saturation.find(Scenario.UNGOVERNED, Target.BARE);
        return bare.isEmpty() ? Paced.NOT : measure(bare.get().rate() / 2);
    }

    private Paced measure(double rate) throws InterruptedException {
        var measured = new ArrayList<Sample>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : SCENARIOS) {
                if (options.scenarios().contains(scenario)) {
                    for (RunningTarget target : targets) {
                        measured.add(sampler.paced("half " + round, scenario, target, rate, options.time()));
                    }
                }
            }
        }
        return new Paced(rate, Samples.of(measured));
    }
}
