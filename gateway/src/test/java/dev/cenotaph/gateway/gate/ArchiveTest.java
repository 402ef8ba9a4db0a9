package dev.cenotaph.gateway.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.autoconfigure.CenotaphProperties;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A client archives by writing the status, and DELETE stays a real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveTest {
    private static final String LIVE = "{\"name\":\"Ada\",\"status\":\"blocked\"}";
    private static final String ARCHIVED = "{\"status\":\"archived\"}";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String POLICIES = """
            users: { path: /users, marker: { status: { field: status, trashed: archived } },
                     answers: { delete: pass }, trash: { only-when: { status: archived }, writes: patch } }
            """;

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PATCH | application/merge-patch+json | {"status":"archived"}
                    PATCH | application/json             | {"status":"archived"}
                    PATCH | application/json-patch+json  | [{"op":"replace","path":"/status","value":"archived"}]
                    PATCH | application/merge-patch+json | {"name":"Ada L.","status":"archived"}
                    PUT   | application/json             | {"id":0,"name":"Ada","status":"archived"}
                    POST  | application/json             | {"status":"archived"}
                    """)
    void writeOfTheStatusIsTheSoftDelete(String method, String type, String body) {
        String item = live();
        if (type.contains("json-patch")) {
            upstream.on("PATCH", item, (request, well) -> patched(item));
        }
        HttpResponse<String> answer = gateway.send(method, item, body, "Content-Type", type, "If-None-Match", "\"x\"");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(upstream.item(item).orElseThrow()).contains("\"status\":\"archived\"");
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(answer.headers().firstValue("Cenotaph-Deletion-Id")).isPresent();
        assertThat(answer.headers().firstValue("Link")).contains("<" + item + ":undelete>; rel=\"restore\"");
        Received write = upstream.received(item).getLast();
        assertThat(write.body()).isEqualTo(body);
        assertThat(write.header("Content-Type")).contains(type);
        assertThat(write.header("If-None-Match")).contains("\"x\"");

        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(gateway.send(method, item, body, "Content-Type", type).statusCode())
                .isEqualTo(410);
        assertThat(upstream.methods(item)).containsExactly("GET", method);
    }

    @Test
    void restoreBringsTheFormerStatusBack() {
        String item = live();
        archive(item);
        HttpResponse<String> restored = gateway.post(item + ":undelete");
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(upstream.item(item).orElseThrow()).contains("\"status\":\"blocked\"");
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    @Test
    void patchThatAsksForTrashRestoresByTheLiveValue() {
        String item = live();
        archive(item);
        String active = "{\"status\":\"active\"}";
        assertThat(patch(item, active).statusCode()).isEqualTo(410);
        HttpResponse<String> restored =
                gateway.send("PATCH", item + "?with_trashed=true", active, "Content-Type", MERGE_PATCH);
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    /** I3, of what a client deletes by a write of its own. */
    @Test
    void intentIsDurableBeforeTheWriteGoesOnAndTheTombstoneBeforeTheAnswer() {
        String item = live();
        var meanwhile = new CopyOnWriteArrayList<String>();
        upstream.on("PATCH", item, (request, well) -> {
            meanwhile.addAll(stored(item));
            return Mono.just(well.get());
        });
        assertThat(archive(item).statusCode()).isEqualTo(200);
        assertThat(stored(item)).containsExactly("TRASHED, former \"blocked\"");
        assertThat(meanwhile).containsExactly("PENDING, former \"blocked\"");
    }

    @Test
    void answerThatHidesTheStatusIsVerifiedByARead() {
        String item = live();
        upstream.on("PATCH", item, (request, well) -> {
            Reply unused = well.get();
            return Mono.just(Reply.status(204).with("X-Own", "yes"));
        });
        HttpResponse<String> answer = archive(item);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("X-Own")).contains("yes");
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item)).containsExactly("GET", "PATCH", "GET");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 412, 422, 500, 503})
    void refusedWriteIsAnsweredAsItIsAndTheItemStaysLive(int status) {
        String item = live();
        upstream.on(
                "PATCH",
                item,
                (request, well) ->
                        Mono.just(Reply.json("{\"why\":\"not today\"}").as(status)));
        HttpResponse<String> answer = archive(item);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("not today");
        assertThat(answer.headers().firstValue("Cenotaph-State")).isEmpty();
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
        assertThat(stored(item)).containsExactly("FORGOTTEN, former null");
    }

    @Test
    void statusThatTheUpstreamIgnoredTrashesNothing() {
        String item = live();
        upstream.on(
                "PATCH",
                item,
                (request, well) -> Mono.just(Reply.json(upstream.item(item).orElseThrow())));
        HttpResponse<String> answer = archive(item);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cenotaph-State")).isEmpty();
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    @Test
    void itemThatIsNotThereIsForTheUpstreamToAnswer() {
        live();
        HttpResponse<String> answer = archive("/users/none");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(gateway.get("/users/none").statusCode()).isEqualTo(404);
    }

    @Test
    void writeThatTookEffectBehindABadGatewayIsASoftDelete() {
        String item = live();
        upstream.on("PATCH", item, (request, well) -> {
            Reply unused = well.get();
            return Mono.just(Reply.status(504));
        });
        HttpResponse<String> answer = archive(item);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
    }

    @Test
    void unknownOutcomeIsSettledByReadingAfterARestart() {
        String item = live();
        upstream.on("PATCH", item, (request, well) -> {
            upstream.on("GET", item, (read, shown) -> Mono.just(Reply.status(500)));
            Reply unused = well.get();
            return Mono.just(Reply.RESET);
        });
        HttpResponse<String> answer = archive(item);
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("outcome-unknown");
        upstream.behave("GET", item);
        upstream.behave("PATCH", item);
        gateway.restart();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stored(item)).containsExactly("TRASHED, former \"blocked\""));
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.item(item).orElseThrow()).contains("\"status\":\"blocked\"");
    }

    @Test
    void itemArchivedAtTheUpstreamItselfIsGoneToTheWriteAndLearned() {
        String item = live();
        upstream.set(item, "status", "\"archived\"");
        assertThat(archive(item).statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item)).containsExactly("GET");
    }

    /** A form, whose answer does not show the item either: the item itself is asked before the answer goes out. */
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 303})
    void bodyThatCannotBeReadIsLearnedFromTheItem(int status) {
        String item = live();
        upstream.on("POST", item, (request, well) -> {
            upstream.set(item, "status", "\"archived\"");
            return Mono.just(Reply.status(status));
        });
        HttpResponse<String> answer =
                gateway.send("POST", item, "status=archived", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(gateway.get("/users/trashed").body()).contains("\"" + item + "\"");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item)).containsExactly("POST", "GET");
    }

    @Test
    void writesThatDoNotSpeakOfTheStatusPassUnread() {
        String item = live();
        assertThat(patch(item, "{\"name\":\"Grace\"}").statusCode()).isEqualTo(200);
        assertThat(patch(item, "{\"status\":\"active\"}").statusCode()).isEqualTo(200);
        assertThat(upstream.methods(item)).containsExactly("PATCH", "PATCH");
    }

    @Test
    void deleteOfAnArchivedItemIsARealOneAndDropsTheTombstone() {
        String item = live();
        archive(item);
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(upstream.item(item)).isEmpty();
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
        assertThat(gateway.get("/users/trashed").body()).doesNotContain("\"" + item + "\"");
        assertThat(stored(item)).containsExactly("FORGOTTEN, former null");
    }

    @Test
    void deleteOfALiveItemIsARealOne() {
        String item = live();
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(upstream.item(item)).isEmpty();
        assertThat(upstream.methods(item)).containsExactly("DELETE");
    }

    @Test
    void listIsAskedForTheArchiveInTheUpstreamsOwnWords() {
        String kept = live();
        String archived = live();
        archive(archived);
        upstream.on("GET", "/users", (request, well) -> Mono.just(byStatus(request)));
        try {
            assertThat(ids("/users")).contains(id(kept)).doesNotContain(id(archived));
            assertThat(ids("/users?status=archived")).contains(id(archived)).doesNotContain(id(kept));
            assertThat(ids("/users?status=blocked")).contains(id(kept)).doesNotContain(id(archived));
            assertThat(ids("/users?status=archived&with_trashed=true"))
                    .contains(id(archived))
                    .doesNotContain(id(kept));
            assertThat(gateway.get("/users?status=archived&status=archived").statusCode())
                    .isEqualTo(400);
            assertThat(upstream.received("/users")).extracting(Received::uri).contains("/users?status=archived");
        } finally {
            upstream.behave("GET", "/users");
        }
    }

    /** Of what comes at once, each is answered, and none leaves the item live, or gone with a tombstone. */
    @Test
    void archivesAndDeletesAtOnceAgreeOnTheEnd() {
        var items = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            items.add(live());
        }
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (String item : items) {
            answers.add(later(() -> archive(item)));
            answers.add(later(() -> gateway.delete(item)));
            answers.add(later(() -> archive(item)));
        }
        List<Integer> statuses =
                answers.stream().map(CompletableFuture::join).distinct().toList();
        assertThat(statuses).isSubsetOf(200, 204, 404, 409, 410);
        for (String item : items) {
            boolean there = upstream.item(item).isPresent();
            assertThat(gateway.get(item).statusCode()).as(item).isEqualTo(there ? 410 : 404);
        }
    }

    private static CompletableFuture<Integer> later(Supplier<HttpResponse<String>> request) {
        return CompletableFuture.supplyAsync(() -> request.get().statusCode());
    }

    private Mono<Reply> patched(String item) {
        upstream.set(item, "status", "\"archived\"");
        return Mono.just(Reply.json(upstream.item(item).orElseThrow()).with("ETag", "\"new\""));
    }

    private Reply byStatus(Received request) {
        Optional<String> wanted = request.uri().contains("status=")
                ? Optional.of(request.uri().replaceAll(".*status=(\\w+).*", "$1"))
                : Optional.empty();
        var rows = new ArrayList<String>();
        for (int id = 1; id < 1000; id++) {
            upstream.item("/users/" + id)
                    .filter(row -> wanted.map(status -> row.contains("\"status\":\"" + status + "\""))
                            .orElse(true))
                    .ifPresent(rows::add);
        }
        return Reply.json("[" + String.join(",", rows) + "]");
    }

    private String ids(String path) {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String id(String item) {
        return "\"id\":" + item.substring("/users/".length()) + ",";
    }

    private String live() {
        return upstream.create("/users", LIVE);
    }

    private HttpResponse<String> archive(String item) {
        return patch(item, ARCHIVED);
    }

    private HttpResponse<String> patch(String item, String body) {
        return gateway.send("PATCH", item, body, "Content-Type", MERGE_PATCH);
    }

    /** What the database holds of an item. */
    private List<String> stored(String item) {
        var rows = new ArrayList<String>();
        try (Connection store = DriverManager.getConnection(
                        gateway.bean(CenotaphProperties.class).store().url());
                Statement statement = store.createStatement();
                ResultSet found = statement.executeQuery("SELECT state, former FROM tombstone WHERE id = '"
                        + item.substring("/users/".length()) + "'")) {
            while (found.next()) {
                rows.add(found.getString(1) + ", former " + found.getString(2));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
