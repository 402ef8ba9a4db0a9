package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainTest {
    @TempDir
    Path directory;

    @Test
    void aSoftDeleteIsToldFromThePolicyToTheAnswer() {
        Run run = explain("DELETE", "/api/orders/7", "policies");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "policy    orders  (policies/legacy-shop.yaml:12:3)",
                        "path      an item, /api/orders/{id}, with the id 7",
                        "means     a soft delete of item 7",
                        "The item is live.",
                        "1. GET /api/orders/7",
                        "2. PATCH /api/orders/7",
                        "Content-Type: application/merge-patch+json",
                        "{\"deleted_at\":\"",
                        "The client gets 204.",
                        "The item is trashed.",
                        "Nothing is sent upstream.",
                        "The client gets 410.");
    }

    @Test
    void oneStateIsToldIfAskedFor() {
        Run run = explain("--state", "trashed", "GET", "/api/orders/7?with_trashed=true", "policies");

        assertThat(run.out())
                .contains(
                        "The item is trashed.",
                        "1. GET /api/orders/7\n",
                        "The client gets 200.",
                        "Cenotaph-State: trashed")
                .doesNotContain("The item is live.");
    }

    @Test
    void aGivenItemIsTheOneThatIsMarked() throws IOException {
        Path item = Files.writeString(
                directory.resolve("item.json"), "{\"id\":7,\"title\":\"Chairs\",\"is_trashed\":false}");

        assertThat(explain("--state", "live", "--item", item.toString(), "DELETE", "/api/articles/7", "policies")
                        .out())
                .contains("2. PUT /api/articles/7", "{\"id\":7,\"title\":\"Chairs\",\"is_trashed\":true}");
    }

    @Test
    void headersAndBodyArePartOfTheRequest() {
        assertThat(explain("-H", "X-HTTP-Method-Override: DELETE", "POST", "/api/orders/7", "policies")
                        .out())
                .contains("The client gets 400.", "method-override");
        assertThat(explain("-d", "{\"deleted_at\":null}", "PATCH", "/api/orders/trashed/7", "policies")
                        .out())
                .contains("a restore of item 7", "The client gets 200.");
        assertThat(explain("-H", "nonsense", "GET", "/api/orders/7", "policies").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aPathThatIsReadInTwoWaysIsRefusedWithTheReason() {
        assertThat(explain("DELETE", "http://shop.example//api/users/7", "policies")
                        .out())
                .contains(
                        "`users` might be meant",
                        "read as   /api/users/7",
                        "An upstream that collapses slashes",
                        "The client gets 400.");
    }

    @Test
    void anUngovernedDeleteIsCalledWhatItIs() {
        assertThat(explain("DELETE", "/api/sessions/7", "policies").out())
                .contains("none governs this path", "passes as it is to http://localhost:9090", "deletes for good");
    }

    @Test
    void jsonHoldsTheSame() {
        JsonNode json = JsonMapper.shared()
                .readTree(explain("-o", "json", "DELETE", "/api/orders/7", "policies")
                        .out());

        assertThat(json.at("/ways/0/state").asString()).isEqualTo("live");
        assertThat(json.at("/ways/0/upstream/1/method").asString()).isEqualTo("PATCH");
        assertThat(json.at("/ways/0/answer/status").asInt()).isEqualTo(204);
        assertThat(json.at("/ways/1/upstream")).isEmpty();
        assertThat(json.at("/ways/1/answer/status").asInt()).isEqualTo(410);
    }

    /** An upstream that does as its policy says is one with which every soft delete and every restore comes out well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders/7",
                "/api/customers/7",
                "/api/users/7",
                "/api/users/3/notes/7",
                "/api/articles/7",
                "/api/settings/7",
                "/api/people/7",
                "/api/documents/7",
                "/api/products/7",
                "/api/parts/7",
                "/issues/7.json"
            })
    void everyMarkerIsSetAndTakenBack(String item) {
        assertThat(explain("--state", "live", "DELETE", item, "policies").out()).contains("The client gets 204.");
        assertThat(explain("--state", "trashed", "POST", item + ":undelete", "policies")
                        .out())
                .contains("The client gets 200.", "Cenotaph-State: live");
    }

    private static Run explain(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.of(all);
    }
}
