package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    private static final String SOUND = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders:
                path: /api/orders
                marker: { timestamp: deleted_at }
            """;

    @TempDir
    Path directory;

    @Test
    void soundPoliciesEndWithZero() {
        Run run = Run.of("check", "policies");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("1 file, 19 resources: all is well.\n");
    }

    @Test
    void everyProblemIsShownWithItsLine() throws IOException {
        Path file = write("shop.yaml", SOUND.replace("marker:", "makrer:"));

        Run run = Run.of("check", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                        FILE:4:3: error[missing-key]: `marker` is missing here.
                          4 |   orders:
                            |   ^^^^^^
                          mend: Add `marker`.

                        FILE:6:5: error[unknown-key]: `makrer` is no key here.
                          6 |     makrer: { timestamp: deleted_at }
                            |     ^^^^^^
                          mend: Did you mean `marker`?

                        1 file, 2 errors.
                        """.replace("FILE", file.toString()));
    }

    @Test
    void theStandardInputIsAFile() {
        assertThat(Run.withInput(SOUND, "check", "-").exitCode()).isZero();
        assertThat(Run.withInput("version: 2", "check", "-").out()).startsWith("<stdin>:1:1: error[missing-key]:");
    }

    @Test
    void theStandardInputIsHeldToTheRulesOfFiles() {
        Run latin = Run.withBytes("# Bestellungen f\u00fcr alle\n".getBytes(StandardCharsets.ISO_8859_1), "check", "-");
        Run long1 = Run.withInput("# " + "x".repeat(1 << 20), "check", "-");

        assertThat(latin.out()).startsWith("<stdin>:1:1: error[not-utf-8]:");
        assertThat(latin.exitCode()).isEqualTo(1);
        assertThat(long1.out()).startsWith("<stdin>:1:1: error[too-large]:");
    }

    @Test
    void oneFileByTwoPathsIsOneFile() throws IOException {
        Path file = write("shop.yaml", SOUND);

        assertThat(Run.of("check", file.toString(), directory + "/./shop.yaml", directory.toString())
                        .out())
                .isEqualTo("1 file, 1 resource: all is well.\n");
    }

    @Test
    void aNameThatNoPathCanHaveEndsWithTwo() {
        Run run = Run.of("check", "a\0b.yaml");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("error[unreadable-file]: This machine takes it for no path");
    }

    @Test
    void whoRunsACommandIsToldOfNoProperty() {
        assertThat(Run.of("check", directory.resolve("none").toString()).out())
                .contains("mend: Name a policy file, or a directory of them.")
                .doesNotContain("cenotaph.policies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "diff", "audit", "explain", "overlay"})
    void everyCommandTellsOfBrokenPoliciesAsCheckDoes(String command) throws IOException {
        String file = write("shop.yaml", SOUND.replace("marker:", "makrer:")).toString();
        String api = write("api.json", "{\"openapi\":\"3.0.3\",\"info\":{},\"paths\":{}}")
                .toString();
        List<String> arguments = switch (command) {
            case "diff" -> List.of(command, file, file);
            case "audit", "overlay" -> List.of(command, "--openapi", api, file);
            case "explain" -> List.of(command, "DELETE", "/api/orders/7", file);
            default -> List.of(command, file);
        };
        Run run = Run.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(Run.of("check", file).out());
        if (!command.equals("overlay")) {
            var json =
                    Stream.concat(arguments.stream(), Stream.of("-o", "json")).toArray(String[]::new);
            assertThat(Run.of(json).out())
                    .isEqualTo(Run.of("check", "-o", "json", file).out());
        }
    }

    @Test
    void policiesThatAreNotThereEndEveryCommandWithTwo() {
        assertThat(Run.of("explain", "DELETE", "/orders/7", "nowhere").exitCode())
                .isEqualTo(2);
        assertThat(Run.of("test", "nowhere").exitCode()).isEqualTo(2);
        assertThat(Run.of("diff", "nowhere", "policies").exitCode()).isEqualTo(2);
    }

    @Test
    void aWordThatIsNoCommandIsAnsweredWithTheOneThatIsMeant() {
        Run run = Run.of("chek", "policies");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("chek", "check");
        assertThat(Run.of("help").out()).contains("check", "explain");
    }

    @Test
    void whatNobodyExpectsIsOneLineAndATraceIfAskedFor() {
        var handled = new StringWriter();
        var failure = new IllegalStateException("of its own making\nand more");

        assertThat(handler(handled, Map.of()).unexpected(failure)).isEqualTo(2);
        assertThat(handled.toString().lines())
                .singleElement()
                .asString()
                .contains("error: this is a defect", "of its own making", "CENOTAPH_DEBUG=1")
                .doesNotContain("and more");

        handler(handled, Map.of("CENOTAPH_DEBUG", "1")).unexpected(failure);
        assertThat(handled.toString()).contains("\tat dev.cenotaph");
    }

    private static FailureHandler handler(StringWriter err, Map<String, String> environment) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        return new FailureHandler(new Terminal(
                nowhere, new PrintWriter(err, true), InputStream.nullInputStream(), new Ink(false), environment::get));
    }

    @Test
    void aPathThatIsNotThereEndsWithTwo() {
        Run run = Run.of("check", directory.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("error[no-policy-files]");
    }

    @Test
    void aCommandWithoutPathsEndsWithTwo() {
        Run run = Run.of("check");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("required", "Usage: cenotaph check");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
