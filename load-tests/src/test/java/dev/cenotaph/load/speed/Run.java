package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.gatling.GatlingRun;
import dev.cenotaph.load.speed.result.GatlingFigures;
import dev.cenotaph.load.speed.result.LongListFigures;
import dev.cenotaph.load.speed.result.Machine;
import dev.cenotaph.load.speed.result.Paced;
import dev.cenotaph.load.speed.result.PolicySetFigures;
import dev.cenotaph.load.speed.result.Results;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.target.RunningTarget;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.target.Targets;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One run: its parts, one after the other. */
final class Run {
    private static final long LONG_LIST_BYTES = 1L << 30;

    private final SpeedOptions options;
    private final Machine machine = Machine.here();
    private final Sampler sampler;

    Run(SpeedOptions options) {
        this.options = options;
        this.sampler = new Sampler(options.connections());
    }

    Results measure() throws IOException, InterruptedException {
        Samples saturation = new Samples(List.of());
        Paced paced = Paced.NOT;
        List<GatlingFigures> gatling = List.of();
        if (options.wantsTargets()) {
            try (Targets targets = Targets.start(options.targets(), options.targetOptions())) {
                List<RunningTarget> wanted = wanted(targets);
                trashBeforehand(wanted);
                saturation = saturation(wanted);
                paced = paced(withUpstream(wanted, targets), saturation);
                gatling = gatling(wanted);
            }
        }
        return new Results(machine, saturation, paced, longList(), policySet(), gatling);
    }

    private List<RunningTarget> wanted(Targets targets) {
        return options.targets().stream()
                .map(targets::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a gateway adds is seen beside the upstream alone. */
    private static List<RunningTarget> withUpstream(List<RunningTarget> wanted, Targets targets) {
        return Stream.concat(Stream.of(targets.get(Target.UPSTREAM)), wanted.stream())
                .distinct()
                .toList();
    }

    private void trashBeforehand(List<RunningTarget> targets) {
        targets.stream().filter(target -> target.target().trashes()).forEach(sampler::trashBeforehand);
    }

    private Samples saturation(List<RunningTarget> targets) {
        return wants(Part.SATURATION) ? new Saturation(options, targets, sampler).measure() : new Samples(List.of());
    }

    private Paced paced(List<RunningTarget> targets, Samples saturation) throws InterruptedException {
        return wants(Part.HALF) ? new AddedLatency(options, targets, sampler).measure(saturation) : Paced.NOT;
    }

    private List<GatlingFigures> gatling(List<RunningTarget> targets) throws IOException, InterruptedException {
        return wants(Part.GATLING)
                ? new GatlingRun(targets, options.scenarios(), options.output().resolve("gatling"))
                        .measure(options.time(), options.rounds())
                : List.of();
    }

    private Optional<LongListFigures> longList() throws IOException, InterruptedException {
        return wants(Part.LONG_LIST) && options.targets().contains(Target.CENOTAPH)
                ? Optional.of(new LongListRun(options.targetOptions(), LONG_LIST_BYTES).measure())
                : Optional.empty();
    }

    private Optional<PolicySetFigures> policySet() throws IOException, InterruptedException {
        return wants(Part.POLICY_SET) && options.targets().contains(Target.CENOTAPH)
                ? Optional.of(new PolicySetRun(options, sampler).measure())
                : Optional.empty();
    }

    private boolean wants(Part part) {
        return options.parts().contains(part);
    }
}
