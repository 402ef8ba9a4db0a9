package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page shows is what the commands print; the times of the day aside. */
class CommandLinePageTest {
    private static final Path PAGE = Path.of("../docs/command-line.md");
    private static final String RESOURCES = "src/test/resources/dev/cenotaph/policy/cli/";
    private static final Set<String> IN_RESOURCES = Set.of("ten-mistakes.yaml", "failing.yaml", "old.yaml", "new.yaml");
    private static final Pattern CONSOLE = Pattern.compile("(?s)```console\n\\$ cenotaph ([^\n]*)\n(.*?)\n```");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");

    @ParameterizedTest
    @MethodSource("shown")
    void eachCommandPrintsWhatThePageShows(String command, String output) {
        String[] arguments = Stream.of(command.split(" "))
                .map(word -> IN_RESOURCES.contains(word) ? RESOURCES + word : word.replace("'", ""))
                .toArray(String[]::new);

        String printed = Run.of(arguments).out().replace(RESOURCES, "").strip();

        assertThat(withoutTimes(printed)).isEqualTo(withoutTimes(output));
    }

    @Test
    void everyCodeStandsOnThePage() throws IOException {
        List<String> rows = Rules.ofPolicies().stream()
                .map(rule -> "| `%s` | %s | %s |"
                        .formatted(rule.code(), rule.severity().word(), rule.meaning()))
                .toList();
        List<String> shown = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(shown).isEqualTo(rows);
    }

    static Stream<String[]> shown() throws IOException {
        List<MatchResult> blocks =
                CONSOLE.matcher(Files.readString(PAGE)).results().toList();
        assertThat(blocks).hasSize(8);
        return blocks.stream()
                .map(block -> new String[] {block.group(1), block.group(2).strip()});
    }

    private static String withoutTimes(String text) {
        return TIME.matcher(text).replaceAll("<time>");
    }
}
