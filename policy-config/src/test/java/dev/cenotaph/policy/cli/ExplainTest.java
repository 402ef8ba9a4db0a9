package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void eachItemOfManyIsPlayed() {
        Run run = explain("DELETE", "/api/vouchers?ids=7,8", "policies");

        assertThat(run.out())
                .containsSubsequence(
                        "means     a soft delete of each item that the request names",
                        "Each item is live.",
                        "1. GET /api/vouchers/7\n",
                        "2. PATCH /api/vouchers/7\n",
                        "3. GET /api/vouchers/8\n",
                        "4. PATCH /api/vouchers/8\n",
                        "The client gets 207.",
                        "{\"succeeded\":2,\"failed\":0,",
                        "Each item is trashed.",
                        "{\"succeeded\":0,\"failed\":2,");
    }

    @Test
    void whatATrashFilterTakesIsPlayed() {
        Run run = explain(
                "--state", "trashed", "--data", "{\"all\":true}", "POST", "/api/orders/trashed:restore", "policies");

        assertThat(run.out())
                .containsSubsequence("1. GET /api/orders/1\n", "2. PATCH /api/orders/1\n", "{\"succeeded\":1,");
    }

    @Test
    void childrenFollowTheirParentAndComeBack() {
        assertThat(explain("--state", "live", "DELETE", "/api/albums/7", "policies")
                        .out())
                .containsSubsequence(
                        "children  photos at http://localhost:9090: ",
                        "2. PATCH /api/albums/7\n",
                        "3. GET /api/albums/7/photos\n",
                        "5. PATCH /api/albums/7/photos/1\n",
                        "\"count\":2");
        assertThat(explain("--state", "trashed", "POST", "/api/albums/7:undelete", "policies")
                        .out())
                .containsSubsequence("2. PATCH /api/albums/7\n", "5. PATCH /api/albums/7/photos/1\n", "gets 200.");
        assertThat(explain("--state", "trashed", "DELETE", "/api/albums/7?permanent=true", "policies")
                        .out())
                .containsSubsequence("2. DELETE /api/albums/7/photos/1\n", "3. DELETE /api/albums/7\n", "gets 204.");
    }

    @Test
    void childrenOfAnotherUpstreamAreToldWithIt() throws IOException {
        Path own = Files.writeString(directory.resolve("users.yaml"), """
                version: 1
                upstream: http://users.example
                resources:
                  users: { path: /users, marker: { flag: gone }, children: [notes] }
                """);
        Path others = Files.writeString(directory.resolve("notes.yaml"), """
                version: 1
                upstream: http://notes.example
                resources:
                  notes: { path: "/users/{user}/notes", marker: { flag: gone }, children: [lines] }
                  lines: { path: "/users/{user}/notes/{note}/lines", marker: { flag: gone } }
                """);

        assertThat(explain("--state", "live", "DELETE", "/users/7", own.toString(), others.toString())
                        .out())
                .containsSubsequence(
                        "children  notes at http://notes.example: ",
                        "5. PATCH /users/7/notes/1\n",
                        "6. GET /users/7/notes/1/lines\n",
                        "8. PATCH /users/7/notes/1/lines/1\n");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080/api/orders/7",
                "HTTP://localhost/api/orders/7",
                "https://shop.example/api/orders/7#top",
                "shop.example/api/orders/7",
                "gateway:8080/api/orders/7"
            })
    void aUrlIsReadAsCurlReadsIt(String url) {
        assertThat(explain("DELETE", url, "policies").out())
                .contains("DELETE /api/orders/7\n", "a soft delete of item 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?a=b", "api/orders/7", "http://", "ftp://shop.example/api/orders/7"})
    void whatIsNoUrlIsNotPlayed(String url) {
        Run run = explain("DELETE", url, "policies");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is neither a path nor a URL");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "a|b", "[a]", "a^b", "ü", "a b", "{7}", "a%zz", "7?q=a|b"})
    void whatNoRequestLineMayHoldIs400(String id) {
        assertThat(explain("DELETE", "/api/orders/" + id, "policies").out())
                .contains("none that HTTP knows", "Nothing is sent upstream.", "The client gets 400.");
    }

    @Test
    void bracketsInAQueryAreNoObstacle() {
        assertThat(explain("GET", "/api/orders?filter[a]=b", "policies").out()).contains("a read of a list");
    }

    @Test
    void aResourceThatDoesNotActIsNamedWithItsMode() throws IOException {
        String off = policy("off", "mode: off");

        assertThat(explain("DELETE", "/orders/7", off).out())
                .contains(
                        "policy    orders  (" + off,
                        "an item, /orders/{id}, with the id 7",
                        "mode      off: it does not act")
                .contains("passes as it is to http://localhost:9090", "this DELETE deletes for good")
                .doesNotContain("none governs", "counts");
        assertThat(explain("DELETE", "/users/7", off).out())
                .contains("none governs this path")
                .doesNotContain("orders");
    }

    @Test
    void aShadowSaysWhatItCounts() throws IOException {
        assertThat(explain("DELETE", "/orders/7", policy("shadow", "mode: shadow"))
                        .out())
                .contains("counts    it would have been a soft delete of item 7, answered 204 if live, 410 if trashed");
    }

    @Test
    void theGatewaysOwnModeChangesTheAnswer() throws IOException {
        String orders = policy("orders", "retention: P30D");

        assertThat(explain("--mode", "drain", "--state", "live", "DELETE", "/orders/7", orders)
                        .out())
                .contains("The client gets 503.");
        assertThat(explain("--mode", "off", "DELETE", "/orders/7", orders).out())
                .contains("mode      off: it does not act");
    }

    @Test
    void theStateCountsForCollectionsToo() throws IOException {
        String orders = policy("orders", "retention: P30D");

        assertThat(explain("--state", "trashed", "POST", "/orders", "-d", "{\"id\":5}", orders)
                        .out())
                .contains("The item is trashed.", "The client gets 409.", "The id 5 belongs to an item in the trash");
        assertThat(explain("--state", "trashed", "GET", "/orders", orders).out())
                .contains(
                        "answered, let us say, with 200 [{\"id\":1,\"deleted_at\":\"2026",
                        "The client gets 200.",
                        "       []");
        assertThat(explain("--state", "trashed", "GET", "/orders/trashed", orders)
                        .out())
                .contains("The client gets 200.", "{\"trashed\":[{\"id\":\"1\",");
        assertThat(explain("--state", "live", "GET", "/orders/trashed", orders).out())
                .contains("{\"trashed\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":", "[1,2]", "7"})
    void anItemThatIsNoneIsToldOf(String text) throws IOException {
        Path item = Files.writeString(directory.resolve("item.json"), text);

        for (String path : List.of("/api/orders/7", "/api/orders", "/api/products/7")) {
            Run run = explain("--item", item.toString(), "DELETE", path, "policies");
            assertThat(run.exitCode()).as(path).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("error: the item that is given is none of")
                    .doesNotContain("\tat ");
        }
    }

    private String policy(String name, String line) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), """
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders:
                    path: /orders
                    marker: { timestamp: deleted_at }
                    %s
                """.formatted(line))
                .toString();
    }

    private static Run explain(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.of(all);
    }
}
