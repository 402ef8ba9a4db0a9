package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(run.out()).isEqualTo("1 file, 11 resources: all is well.\n");
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
