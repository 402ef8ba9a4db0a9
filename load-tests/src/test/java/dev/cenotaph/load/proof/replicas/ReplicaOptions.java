package dev.cenotaph.load.proof.replicas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long the proof takes.
 *
 * @param rounds of trashing and restoring, each
 * @param roundsWithoutListeners the same while no replica hears of the others
 * @param pauses how often a replica is paused
 * @param outages how often PostgreSQL is stopped
 */
record ReplicaOptions(
        int rounds,
        int roundsWithoutListeners,
        int pauses,
        Duration pause,
        int outages,
        Duration outage,
        int load,
        Path policies,
        Path output) {

    static ReplicaOptions parse(String... arguments) {
        List<String> given = Arrays.asList(arguments);
        Path output = given.stream()
                .filter(argument -> argument.startsWith("--output="))
                .map(argument -> Path.of(argument.substring("--output=".length())))
                .findFirst()
                .orElse(Path.of("target/replica-proof"));
        return given.contains("--short") ? brief(output) : full(output);
    }

    static ReplicaOptions brief(Path output) {
        return new ReplicaOptions(40, 4, 1, Duration.ofSeconds(6), 1, Duration.ofSeconds(3), 4, policyFiles(), output);
    }

    private static ReplicaOptions full(Path output) {
        return new ReplicaOptions(
                1_000, 150, 5, Duration.ofSeconds(10), 3, Duration.ofSeconds(20), 8, policyFiles(), output);
    }

    /** From the repository's root, or from this module's directory, where Maven runs the tests. */
    private static Path policyFiles() {
        Path here = Path.of("policy-config/policies").toAbsolutePath();
        return here.toFile().exists()
                ? here
                : Path.of("../policy-config/policies").toAbsolutePath();
    }
}
