package dev.cenotaph.gateway.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The values of unique keys, as they lie in the store. */
class ReservedKeysTest {
    private static final String EMAIL = "somebody.special@example.org";

    @Test
    void keysSurviveARestartAndAreNotInTheClear() throws IOException {
        try (var upstream = new ItemUpstream();
                var gateway = TestGateway.with(TestGateway.policy(
                        upstream.port(),
                        "people: { path: /people, marker: { timestamp: deleted_at }, unique: email }"))) {
            String body = "{\"email\":\"" + EMAIL + "\"}";
            gateway.delete(upstream.create("/people", body));
            gateway.restart();
            var answer = gateway.send("POST", "/people", body, "Content-Type", "application/json");
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(stored(Objects.requireNonNull(gateway.policies().getParent())))
                    .doesNotContain(EMAIL)
                    .contains("/email");
        }
    }

    /** All that the store's files hold, the write-ahead log among them. */
    private static String stored(Path directory) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
