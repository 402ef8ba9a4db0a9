package dev.cenotaph.load.speed;

import dev.cenotaph.load.Arguments;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.target.TargetOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What is measured, and for how long.
 *
 * @param warmup of each scenario at each target, before anything counts
 * @param time of one measurement
 * @param rounds how often each scenario is measured at each target
 * @param output for the report, logs, policies and the store
 */
record SpeedOptions(
        List<Part> parts,
        List<Scenario> scenarios,
        List<Target> targets,
        Duration warmup,
        Duration time,
        int rounds,
        int connections,
        Path gatewayJar,
        Path output,
        List<String> jvm,
        List<String> cenotaphJvm) {
    private static final String FORM = "--form";
    private static final String PARTS = "--parts";
    private static final String SCENARIOS = "--scenarios";
    private static final String TARGETS = "--targets";
    private static final String WARMUP = "--warmup";
    private static final String SECONDS = "--seconds";
    private static final String ROUNDS = "--rounds";
    private static final String CONNECTIONS = "--connections";
    private static final String GATEWAY_JAR = "--gateway-jar";
    private static final String OUTPUT = "--output";
    private static final String JVM = "--jvm";
    private static final String CENOTAPH_JVM = "--cenotaph-jvm";
    private static final String ALL = "all";
    private static final int MOST = 86_400;

    SpeedOptions {
        parts = List.copyOf(parts);
        scenarios = List.copyOf(scenarios);
        targets = List.copyOf(targets);
        jvm = List.copyOf(jvm);
        cenotaphJvm = List.copyOf(cenotaphJvm);
    }

    /** @throws IllegalArgumentException if an option is unknown or has a value that makes no sense */
    static SpeedOptions parse(String... arguments) {
        Arguments options = Arguments.parse(
                Set.of(
                        FORM,
                        PARTS,
                        SCENARIOS,
                        TARGETS,
                        WARMUP,
                        SECONDS,
                        ROUNDS,
                        CONNECTIONS,
                        GATEWAY_JAR,
                        OUTPUT,
                        JVM,
                        CENOTAPH_JVM),
                arguments);
        Form form = Form.of(options.text(FORM, "normal"));
        return new SpeedOptions(
                list(options, PARTS, Part::of, form.parts()),
                list(options, SCENARIOS, Scenario::of, List.of(Scenario.values())),
                list(options, TARGETS, Target::of, List.of(Target.values())),
                Duration.ofSeconds(options.number(WARMUP, form.warmupSeconds(), MOST)),
                Duration.ofSeconds(options.number(SECONDS, form.seconds(), MOST)),
                options.number(ROUNDS, form.rounds(), MOST),
                options.number(CONNECTIONS, 32, MOST),
                Path.of(options.text(GATEWAY_JAR, "../gateway/target/cenotaph-gateway-exec.jar"))
                        .toAbsolutePath()
                        .normalize(),
                Path.of(options.text(OUTPUT, "target/speed")).toAbsolutePath().normalize(),
                words(options.text(JVM, "")),
                words(options.text(CENOTAPH_JVM, "")));
    }

    TargetOptions targetOptions() {
        return new TargetOptions(gatewayJar, output.resolve("work"), jvm, cenotaphJvm, 1);
    }

    /** Whether any part asks the targets themselves. */
    boolean wantsTargets() {
        return parts.contains(Part.SATURATION) || parts.contains(Part.HALF) || parts.contains(Part.GATLING);
    }

    private static <T> List<T> list(Arguments options, String name, Function<String, T> one, List<T> otherwise) {
        String value = options.text(name, ALL);
        return value.equals(ALL)
                ? otherwise
                : Arrays.stream(value.split(",")).map(one).toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
