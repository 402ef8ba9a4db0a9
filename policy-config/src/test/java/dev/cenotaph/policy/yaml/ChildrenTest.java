package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resources can follow which. */
class ChildrenTest {

    @Test
    void childrenFollowTheItemThatTheyLieBelow() {
        ResourcePolicy users = Yaml.compile(family("[notes]", "answers: { delete: cascade }", ""))
                .resource("users")
                .orElseThrow();
        assertThat(users.children()).containsExactly("notes");
        assertThat(users.answers().delete()).isEqualTo(Answers.Delete.OK_WITH_CASCADE);
    }

    @Test
    void oneChildNeedsNoList() {
        assertThat(Yaml.compile(family("notes", "", ""))
                        .resource("users")
                        .orElseThrow()
                        .children())
                .containsExactly("notes");
    }

    @Test
    void childMayLieAtAnotherUpstreamInAnotherFile() {
        String users = Yaml.HEAD + """
                resources:
                  users: { path: /users, marker: { flag: x }, children: [invoices] }
                """;
        String billing = """
                version: 1
                upstream: http://billing.example
                resources:
                  invoices: { path: '/users/{customer}/invoices', marker: { flag: x }, trash: { restore-ancestors: true } }
                """;
        assertThat(Yaml.compile(users, billing)
                        .resource("invoices")
                        .orElseThrow()
                        .trash()
                        .restoreAncestors())
                .isTrue();
    }

    @Test
    void nameThatNoResourceHasIsTold() {
        assertThat(Yaml.problems(family("[note]", "", "")))
                .singleElement()
                .hasToString("a.yaml:6:16: unknown-resource: There is no resource `note`. Did you mean `notes`?");
    }

    @Test
    void childThatLiesElsewhereIsTold() {
        assertThat(Yaml.problems(family("[notes, teams]", "", "")))
                .singleElement()
                .hasToString("a.yaml:6:23: template-not-below-item: The path of `teams`, `/teams`, does not lie below"
                        + " `/users/{id}`. Children are resources whose path starts with this item and goes on below."
                        + " Remove it.");
    }

    @Test
    void circleIsToldWhereItGoesUp() {
        assertThat(Yaml.found(family("[notes]", "", "children: [users]")))
                .containsExactly("11:16 template-not-below-item");
    }

    @Test
    void grandchildFollowsTheOneInBetween() {
        assertThat(Yaml.problems(family("[notes, lines]", "", "children: [lines]")))
                .singleElement()
                .hasToString("a.yaml:6:23: template-variables: Between `/users/{id}` and the path of `lines`,"
                        + " `/users/{user}/notes/{note}/lines`, there is another variable. Name it as a child of the"
                        + " resource in between, and that one here.");
        assertThat(Yaml.found(family("[notes]", "", "children: [lines]"))).isEmpty();
    }

    @Test
    void childIsNamedOnce() {
        assertThat(Yaml.found(family("[notes, notes]", "", ""))).containsExactly("6:23 duplicate-name");
    }

    @Test
    void whereDeletePassesAnArchiveIsFollowed() {
        assertThat(Yaml.found(family("[notes]", "answers: { delete: pass }", "")))
                .isEmpty();
    }

    @Test
    void nothingFollowsADeleteThatPassesWhereWritesDoNotTrash() {
        assertThat(Yaml.found(family("[notes]", "answers: { delete: pass }\n    marker-writes: refuse", "")))
                .containsExactly("6:5 contradiction");
    }

    @Test
    void snapshotIsInNoCascade() {
        assertThat(Yaml.found(family("[notes]", "", "")
                        .replace("marker: { flag: x }", "marker: { snapshot: { recreate: PUT } }")))
                .containsExactly("6:16 contradiction");
    }

    @ParameterizedTest
    @CsvSource({
        "enforce, enforce, true",
        "enforce, drain,   false",
        "enforce, shadow,  false",
        "enforce, off,     false",
        "drain,   drain,   true",
        "drain,   enforce, true",
        "drain,   off,     false",
        "shadow,  off,     true",
        "off,     off,     true",
    })
    void childActsAsMuchAsItsParent(String parent, String child, boolean sound) {
        String text = family("[notes]", "mode: " + parent, "mode: " + child);
        assertThat(Yaml.found(text)).isEqualTo(sound ? List.of() : List.of("6:16 contradiction"));
    }

    private static String family(String children, String ofUsers, String ofNotes) {
        return Yaml.HEAD + """
                resources:
                  users:
                    path: /users
                    children: %s
                    marker: { flag: x }
                    %s
                  notes:
                    path: '/users/{user}/notes'
                    %s
                    marker: { flag: x }
                  lines: { path: '/users/{user}/notes/{note}/lines', marker: { flag: x } }
                  teams: { path: /teams, marker: { flag: x } }
                """.formatted(children, ofUsers, ofNotes);
    }
}
