package dev.cenotaph.load.speed.result;

import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.util.List;
import java.util.Optional;

/** Latencies at a fixed rate, in each scenario the same for every target. */
public record Paced(Samples samples) {
    /** Nothing was measured. */
    public static final Paced NOT = new Paced(new Samples(List.of()));

    /** What a target adds to the upstream's own latency; none where one of them was not measured. */
    public Optional<Latency> added(Scenario scenario, Target target) {
        return samples.find(scenario, target)
                .flatMap(sample -> samples.find(scenario, Target.UPSTREAM)
                        .map(direct -> sample.latency().minus(direct.latency())));
    }
}
