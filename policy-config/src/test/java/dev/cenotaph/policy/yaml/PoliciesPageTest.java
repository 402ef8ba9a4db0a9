package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.ResourcePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/policies.md} shows is what happens. */
class PoliciesPageTest {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|text)\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyFileOnThePageCompilesButTheLast() throws IOException {
        var files = blocks("yaml").stream()
                .filter(block -> block.contains("version:"))
                .toList();
        assertThat(files).hasSize(6);
        for (String file : files.subList(0, files.size() - 1)) {
            assertThat(Yaml.compile(file).resources()).isNotEmpty();
        }
    }

    @Test
    void defaultsMergeAsThePageSays() throws IOException {
        var users = Yaml.compile(blocks("yaml").get(3)).resources().getLast();
        assertThat(users).extracting(ResourcePolicy::name).isEqualTo("users");
        assertThat(users.write())
                .hasToString(
                        "Write[method=PATCH, format=MERGE_PATCH, replace=false, at=Optional.empty, exists=CHECK, verify=READ]");
        assertThat(users.trash().include()).containsExactly("all");
    }

    @Test
    void brokenFileSaysWhatThePageShows() throws IOException {
        var source = new PolicySource("shop.yaml", blocks("yaml").getLast());
        assertThat(said(source)).isEqualTo(blocks("text").getFirst().strip());
    }

    private static String said(PolicySource source) {
        try {
            PolicyCompiler.compile(List.of(source), Map.<String, String>of()::get);
            return "";
        } catch (InvalidPolicyException e) {
            return String.join("\n", e.problems().stream().map(Object::toString).toList());
        }
    }

    private static List<String> blocks(String language) throws IOException {
        var blocks = new ArrayList<String>();
        for (MatchResult block : BLOCK.matcher(Files.readString(Path.of("../docs/policies.md")))
                .results()
                .toList()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }
}
