package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/policy-reference.md} says what the schema says. */
class PolicyReferenceTest {
    private static final Path PAGE = Path.of("../docs/policy-reference.md");
    private static final String MEND =
            "Run ./mvnw -q -pl policy-config test -Dtest=PolicyReferenceTest -Dreference.write=true";

    @Test
    void thePageIsCurrent() throws IOException {
        String page = PolicyReference.page(PolicySchema.tree());
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as(MEND).isEqualTo(page);
    }

    @Test
    void everyRowSaysSomething() {
        assertThat(PolicyReference.page(PolicySchema.tree()).lines().filter(line -> line.startsWith("| ")))
                .hasSizeGreaterThan(60)
                .noneMatch(line -> line.endsWith("|  |"));
    }
}
