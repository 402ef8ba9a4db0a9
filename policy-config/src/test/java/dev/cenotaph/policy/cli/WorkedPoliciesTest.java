package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.yaml.CaseFile;
import dev.cenotaph.policy.yaml.CaseFileReader;
import dev.cenotaph.policy.yaml.PolicySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked policies are sound together, do what their cases say, and stand on {@code docs/worked-policies.md}. */
class WorkedPoliciesTest {
    private static final Path EXAMPLES = Path.of("examples");

    @Test
    void checkHasNothingAgainstThem() {
        Run run = Run.of("check", "--strict", EXAMPLES.toString());

        assertThat(run.out()).matches("10 files, \\d+ resources: all is well.\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theirCasesComeTrue() {
        Run run = Run.of("test", EXAMPLES.toString());

        assertThat(run.out()).matches("\\d+ cases in 10 files, all as expected.\n");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachShowsADeletionAListAndMore(String name) throws IOException {
        Path file = EXAMPLES.resolve(name + ".cases.yaml");
        CaseFile read = CaseFileReader.read(new PolicySource(file.toString(), Files.readString(file)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.cases()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(methods(read)).contains("DELETE", "GET");
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsOnThePage(String name) throws IOException {
        assertThat(Files.readString(Path.of("../docs/worked-policies.md")))
                .contains("(../policy-config/examples/" + name + ".yaml)")
                .contains("(../policy-config/examples/" + name + ".cases.yaml)");
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".cases.yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> methods(CaseFile read) {
        return read.cases().stream()
                .map(placed -> placed.rehearsed().request().method())
                .toList();
    }
}
