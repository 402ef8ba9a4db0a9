package dev.cenotaph.policy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.yaml.PolicySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {
    @TempDir
    private Path directory;

    @Test
    void directoryGivesItsPolicyFilesByName() throws IOException {
        for (String name : new String[] {
            "b.yml", "a.yaml", ".hidden.yaml", "a.yaml~", "#a.yaml", ".#a.yaml", "a.yaml.bak", "a.json", "README.md"
        }) {
            write(name, policy(name.replaceAll("[^a-z]", "")));
        }
        Files.createDirectories(directory.resolve("deeper.yaml"));
        Files.createSymbolicLink(directory.resolve("c.yaml"), write(".data", policy("c")));
        assertThat(PolicyFiles.read(directory))
                .extracting(PolicySource::fileName)
                .containsExactly("a.yaml", "b.yml", "c.yaml");
        assertThat(load(directory).files()).extracting("name").containsExactly("a", "b", "c");
    }

    @Test
    void oneFileIsReadWhateverItsName() throws IOException {
        assertThat(load(write("policy.txt", policy("orders"))).resources())
                .extracting("name")
                .containsExactly("orders");
    }

    @Test
    void versionDoesNotDependOnTheDirectory() throws IOException {
        String here = load(write("a.yaml", policy("orders"))).version();
        assertThat(load(write("deeper/a.yaml", policy("orders"))).version()).isEqualTo(here);
        assertThat(load(write("other/b.yaml", policy("orders"))).version()).isNotEqualTo(here);
    }

    @Test
    void missingPathIsAProblem() {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> load(nowhere))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessage(nowhere + ":1:1: no-policy-files: There is nothing at this path. "
                        + "Point `cenotaph.policies` to a policy file, or to a directory of them.");
    }

    @Test
    void directoryWithoutPolicyFilesIsAProblem() throws IOException {
        write("README.md", "");
        assertThatThrownBy(() -> PolicyFiles.read(directory))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("no-policy-files");
    }

    @Test
    void fileThatIsNotUtf8DoesNotHideTheOthers() throws IOException {
        write("a.yaml", "version: 2");
        Files.write(directory.resolve("b.yaml"), "ä: ö".getBytes(StandardCharsets.ISO_8859_1));
        write("c.yaml", policy("orders"));
        write("d.yaml", policy("orders"));
        assertThatThrownBy(() -> load(directory))
                .isInstanceOf(InvalidPolicyException.class)
                .message()
                .satisfies(message -> assertThat(message.lines()
                                .map(line -> line.replaceAll(".*/([a-d]).yaml:.*?: ([a-z0-9-]+): .*", "$1 $2")))
                        .containsExactly(
                                "a missing-key",
                                "a missing-key",
                                "a unsupported-version",
                                "b not-utf-8",
                                "d duplicate-resource",
                                "d template-collision"));
    }

    @Test
    void hugeFileIsRefusedUnread() throws IOException {
        write("a.yaml", "#" + "é".repeat(1 << 19));
        assertThatThrownBy(() -> load(directory)).hasMessageContaining("a.yaml:1:1: too-large");
    }

    @Test
    void brokenLinkIsUnreadable() throws IOException {
        Files.createSymbolicLink(directory.resolve("a.yaml"), directory.resolve("nowhere"));
        assertThatThrownBy(() -> PolicyFiles.read(directory)).hasMessageContaining("a.yaml:1:1: unreadable-file");
    }

    private static dev.cenotaph.policy.PolicySet load(Path path) {
        return PolicyFiles.load(path, Map.<String, String>of()::get);
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String policy(String resource) {
        return """
                version: 1
                upstream: http://localhost:9090
                resources:
                  %s: { path: /%s, marker: { flag: is_trashed } }
                """.formatted(resource, resource);
    }
}
