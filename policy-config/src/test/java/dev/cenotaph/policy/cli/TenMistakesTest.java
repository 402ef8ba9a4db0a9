package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a person sees who got about everything wrong. The approved text lies beside the file. */
class TenMistakesTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/cenotaph/policy/cli");

    @Test
    void allAreToldAtOnce() throws IOException {
        Run run = Run.of("check", RESOURCES.resolve("ten-mistakes.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replace(RESOURCES + "/", ""))
                .isEqualTo(Files.readString(RESOURCES.resolve("ten-mistakes.txt")));
    }
}
