package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.scenario.Scripts;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.wire.Generator;
import dev.cenotaph.load.speed.wire.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the most that each target can answer: target after target, scenario after scenario, round after round. */
final class Saturation {
    private static final int MIXED = 5;

    private final SpeedOptions options;
    private final List<RunningTarget> targets;
    private final Scripts scripts;

    Saturation(SpeedOptions options, List<RunningTarget> targets, Scripts scripts) {
        this.options = options;
        this.targets = List.copyOf(targets);
        this.scripts = scripts;
    }

    Samples measure() {
        trashBeforehand();
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
            System.out.println(line(
                    "warm-up", sample(Scenario.MIX, target, options.warmup().multipliedBy(MIXED))));
        }
        everywhere("warm-up", options.warmup());
    }

    private void trashBeforehand() {
        for (RunningTarget target : targets) {
            if (target.target().trashes()) {
                Reading trashed = generator(target).run(Scripts.trashing(), Duration.ofMinutes(1));
                if (trashed.errors() > 0) {
                    throw new IllegalStateException("Nothing can be trashed: " + trashed.firstErrors());
                }
            }
        }
    }

    private List<Sample> everywhere(String what, Duration time) {
        var samples = new ArrayList<Sample>();
        for (Scenario scenario : options.scenarios()) {
            for (RunningTarget target : targets) {
                Sample sample = sample(scenario, target, time);
                System.out.println(line(what, sample));
                samples.add(sample);
            }
        }
        return samples;
    }

    private Sample sample(Scenario scenario, RunningTarget target, Duration time) {
        if (scenario == Scenario.RESTORE && !scripts.canRestore(target.target())) {
            run(Scenario.DELETE, target, time);
        }
        Duration before = target.cpu();
        Reading reading = run(scenario, target, time);
        return Sample.of(scenario, target.target(), reading, target.cpu().minus(before));
    }

    private Reading run(Scenario scenario, RunningTarget target, Duration time) {
        return generator(target).run(scripts.of(scenario, target.target()), time);
    }

    private Generator generator(RunningTarget target) {
        return new Generator(target.address(), options.connections());
    }

    private static String line(String what, Sample sample) {
        Target target = sample.target();
        String errors = sample.errors() == 0 ? "" : "  " + sample.errors() + " ERRORS " + sample.firstErrors();
        return String.format(
                Locale.ROOT,
                "%-9s %-11s %-10s %9.0f/s %8.1f MB/s %8.1f cpu µs  p50 %8.0f  p99 %8.0f µs%s",
                what,
                sample.scenario().option(),
                target.option(),
                sample.rate(),
                sample.bytesPerSecond() / 1e6,
                sample.cpuMicros(),
                sample.latency().p50(),
                sample.latency().p99(),
                errors);
    }
}
