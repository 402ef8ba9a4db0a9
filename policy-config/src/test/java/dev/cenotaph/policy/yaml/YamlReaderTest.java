package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

    @Test
    void deepNestingIsRefusedWithoutAnOverflow() {
        assertThat(Yaml.found("[".repeat(500_000))).containsExactly("1:33 too-large");
    }

    @Test
    void aliasesThatMultiplyAreRefusedBeforeTheyAreWrittenOut() {
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            laughs.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, "*a%d, ".formatted(level - 1).repeat(10)));
        }
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Yaml.found(laughs.toString()))
                        .singleElement()
                        .asString()
                        .endsWith("too-large"));
    }

    @Test
    void columnsCountCharactersAndNotBytes() {
        assertThat(Yaml.found(Yaml.orders("views: [{ path: /search, items: \"/é😀\", rwo: /x }]")))
                .containsExactly("7:44 unknown-key");
    }

    @Test
    void byteOrderMarkAndWindowsLinesAreFine() {
        assertThat(Yaml.found("\uFEFF" + Yaml.orders("wrap: /order").replace("\n", "\r\n")))
                .isEmpty();
    }

    @Test
    void pathsWithVariablesInBracketsWantQuotes() {
        for (String line : new String[] {"aliases: [/o/{id}]", "views: [{ path: /users/{user}/search }]"}) {
            assertThat(Yaml.problems(Yaml.orders(line)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("yaml-syntax"))
                    .satisfies(problem -> assertThat(problem.mend())
                            .isEqualTo("Inside `[…]` and `{…}`, write a path with a variable in quotes."));
        }
    }

    @Test
    void longTextsAreQuotedShort() {
        assertThat(Yaml.problems(Yaml.orders("mode: " + "x".repeat(500)))
                        .getFirst()
                        .what())
                .hasSizeLessThan(120);
    }

    @Test
    void suggestionsAreMadeForSlipsAlone() {
        assertThat(mend("marker-write: learn")).isEqualTo("Did you mean `marker-writes`?");
        assertThat(mend("ID_PATTERN: x")).isEqualTo("Did you mean `id-pattern`?");
        assertThat(mend("soft-delete: x")).startsWith("Write one of `path`, `item`,");
    }

    private static String mend(String line) {
        return Yaml.problems(Yaml.orders(line)).getFirst().mend();
    }
}
