package dev.cenotaph.load.speed.gatling;

import dev.cenotaph.load.demo.Child;
import dev.cenotaph.load.speed.result.GatlingFigures;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.RunningTarget;
import io.gatling.app.Gatling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gatling in a process of its own, and the figures out of its report. */
public final class GatlingRun {
    private final List<RunningTarget> targets;
    private final List<Scenario> scenarios;
    private final Path directory;

    /** @param directory for Gatling's own report */
    public GatlingRun(List<RunningTarget> targets, List<Scenario> scenarios, Path directory) {
        this.targets = List.copyOf(targets);
        this.scenarios = List.copyOf(scenarios);
        this.directory = directory;
    }

    /** @param each how long each scenario takes at each target in a round */
    public List<GatlingFigures> measure(Duration each, int rounds) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve("gatling.log");
        try (Child gatling = Child.start("Gatling", Child.java(arguments(each, rounds)), log)) {
            gatling.awaitSuccess();
        }
        return GatlingStatistics.read(Files.readString(newestReport().resolve("index.html")));
    }

    private String[] arguments(Duration each, int rounds) {
        var arguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dgatling.charting.indicators.percentile1=50",
                "-Dgatling.charting.indicators.percentile2=90",
                "-Dgatling.charting.indicators.percentile3=99",
                "-Dgatling.charting.indicators.percentile4=99.9",
                "-D" + GatewaySimulation.SECONDS + "=" + each.toSeconds(),
                "-D" + GatewaySimulation.ROUNDS + "=" + rounds,
                "-D" + GatewaySimulation.SCENARIOS + "="
                        + scenarios.stream().map(Scenario::option).collect(Collectors.joining(","))));
        targets.forEach(target -> arguments.add("-D" + GatewaySimulation.TARGET
                + target.target().option() + "=http://127.0.0.1:"
                + target.address().getPort()));
        arguments.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Gatling.class.getName(),
                "--simulation",
                GatewaySimulation.class.getName(),
                "--results-folder",
                directory.toString()));
        return arguments.toArray(String[]::new);
    }

    private Path newestReport() {
        try (Stream<Path> reports = Files.list(directory)) {
            return reports.filter(Files::isDirectory)
                    .max((one, other) -> one.getFileName().compareTo(other.getFileName()))
                    .orElseThrow(() -> new IllegalStateException("Gatling left no report in " + directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
