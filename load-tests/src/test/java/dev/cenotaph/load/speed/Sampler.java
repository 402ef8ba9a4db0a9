package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.scenario.Scripts;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.wire.Generator;
import dev.cenotaph.load.speed.wire.PacedGenerator;
import dev.cenotaph.load.speed.wire.Reading;
import java.time.Duration;
import java.util.Locale;

/** Takes one measurement, and says what it saw. */
final class Sampler {
    private static final Duration LONGEST_PREPARATION = Duration.ofMinutes(2);

    private final Scripts scripts = new Scripts();
    private final int connections;

    /** @param connections to a target that is asked for as much as it can answer */
    Sampler(int connections) {
        this.connections = connections;
    }

    /** Trashes what is trashed before the run. */
    void trashBeforehand(RunningTarget target) {
        Reading trashed = generator(target).run(Scripts.trashing(), LONGEST_PREPARATION);
        if (trashed.errors() > 0) {
            throw new IllegalStateException("Nothing can be trashed: " + trashed.firstErrors());
        }
    }

    /** Asks for as much as the target can answer. */
    Sample sample(String what, Scenario scenario, RunningTarget target, Duration time) {
        if (scenario == Scenario.RESTORE && !scripts.canRestore(target.target())) {
            saturate(Scenario.DELETE, target, time);
        }
        Duration before = target.cpu();
        Reading reading = saturate(scenario, target, time);
        return told(
                what, Sample.of(scenario, target.target(), reading, target.cpu().minus(before)));
    }

    /** Asks at a fixed rate. */
    Sample paced(String what, Scenario scenario, RunningTarget target, double rate, Duration time)
            throws InterruptedException {
        var generator = new PacedGenerator(target.address(), 2 * connections);
        Duration before = target.cpu();
        Reading reading = generator.run(scripts.of(scenario, target.target()), rate, time);
        return told(
                what, Sample.of(scenario, target.target(), reading, target.cpu().minus(before)));
    }

    private Reading saturate(Scenario scenario, RunningTarget target, Duration time) {
        return generator(target).run(scripts.of(scenario, target.target()), time);
    }

    private Generator generator(RunningTarget target) {
        return new Generator(target.address(), connections);
    }

    private static Sample told(String what, Sample sample) {
        System.out.println(line(what, sample));
        return sample;
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
