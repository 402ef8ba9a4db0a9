package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
    private static final String CASE = """
            cases:
              - name: a DELETE marks the order
                request: { call: DELETE /api/orders/7 }
                upstream:
                  - call: GET /api/orders/7
                    answer: { status: 200, body: { id: 7, deleted_at: null } }
                  - call: PATCH /api/orders/7
                    headers: { Content-Type: application/merge-patch+json }
                    body: { deleted_at: <time> }
                    answer: { status: 200, body: { id: 7, deleted_at: "2026-11-22T12:00:00Z" } }
                answer: { status: 204, headers: { Cenotaph-State: trashed } }
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void policy() throws IOException {
        write("shop.yaml", """
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders:
                    path: /api/orders
                    marker: { timestamp: deleted_at }
                """);
    }

    @Test
    void theCasesOfTheLegacyShopComeTrue() {
        Run run = Run.of("test", "policies");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("\\d\\d cases in 1 file, all as expected.\n");
    }

    @Test
    void casesLieBesideADirectorysPoliciesOrAFile() throws IOException {
        write("shop.cases.yaml", CASE);

        assertThat(Run.of("test", directory.toString()).exitCode()).isZero();
        assertThat(Run.of("test", directory.resolve("shop.yaml").toString()).exitCode())
                .isZero();
        assertThat(Run.of("check", directory.toString()).exitCode()).isZero();
    }

    @Test
    void aCaseThatComesOutOtherwiseShowsTheDifference() throws IOException {
        write(
                "shop.cases.yaml",
                CASE.replace("deleted_at: <time>", "deleted: <time>").replace("204", "200"));

        Run run = Run.of("test", directory.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replace(directory.toString(), ".")).isEqualTo("""
                        ./shop.cases.yaml:2:5: error[case-failed]: `a DELETE marks the order` comes out otherwise.
                          2 |   - name: a DELETE marks the order
                            |     ^^^^
                          --- expected
                          +++ came of it
                           upstream gets GET /api/orders/7
                           upstream gets PATCH /api/orders/7
                             Content-Type: application/merge-patch+json
                             {
                          -    "deleted": "<time>",
                          +    "deleted_at": "%s",
                             }
                          -client gets 200
                          +client gets 204
                             Cenotaph-State: trashed

                        1 case in 1 file, 1 otherwise than expected.
                        """.formatted(timeIn(run.out())));
    }

    @Test
    void junitHasEachCase() throws IOException {
        write("shop.cases.yaml", CASE.replace("204", "200"));

        assertThat(Run.of("test", "-o", "junit", directory.toString()).out())
                .contains("name=\"a DELETE marks the order\"", "<failure type=\"case-failed\"", "+client gets 204");
    }

    @Test
    void aMissingCallIsADifference() throws IOException {
        write("shop.cases.yaml", CASE.replaceFirst(" *- call: GET.*\\n.*\\n", ""));

        assertThat(Run.of("test", directory.toString()).out()).contains("+upstream gets GET /api/orders/7");
    }

    @Test
    void aBrokenCaseFileEndsWithOneInTheFormThatIsAskedFor() throws IOException {
        write("shop.cases.yaml", CASE.replace("answer: { status: 204", "anwser: { status: 204"));

        Run run = Run.of("test", directory.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "shop.cases.yaml:11:5: error[unknown-key]: `anwser` is no key here.", "Did you mean `answer`?");
        assertThat(Run.of("test", "-o", "json", directory.toString()).out()).contains("\"code\": \"unknown-key\"");
    }

    @Test
    void aCaseFileWithoutCasesEndsWithTwo() throws IOException {
        write("shop.cases.yaml", "cases: []\n");

        Run run = Run.of("test", directory.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("shop.cases.yaml` holds no case");
    }

    @Test
    void anEmptyCaseFileIsNotAskedForAPolicy() throws IOException {
        write("shop.cases.yaml", "");

        Run run = Run.of("test", directory.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("error[empty-file]").doesNotContain("Write a policy");
    }

    @Test
    void aPolicyOfAnotherNameIsNotItsOwnCaseFile() throws IOException {
        Path policy = Files.copy(directory.resolve("shop.yaml"), directory.resolve("shop.conf"));

        Run run = Run.of("test", policy.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no case file beside these policies");
    }

    @Test
    void aDirectoryThatIsNamedTwiceIsPlayedOnce() throws IOException {
        write("shop.cases.yaml", CASE);

        assertThat(Run.of("test", directory.toString(), directory + "/./shop.yaml")
                        .out())
                .isEqualTo("1 case in 1 file, all as expected.\n");
    }

    @Test
    void policiesWithoutCasesEndWithTwo() {
        assertThat(Run.of("test", directory.toString()).exitCode()).isEqualTo(2);
    }

    private static String timeIn(String text) {
        return text.replaceAll("(?s).*(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z).*", "$1");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
