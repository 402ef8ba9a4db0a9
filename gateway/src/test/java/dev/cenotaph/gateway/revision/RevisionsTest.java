package dev.cenotaph.gateway.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Bodies;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body before each write is kept, shown, and written back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevisionsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MAKE_CURRENT = "{\"is_current\": true}";
    private static final String POLICIES = """
            pages: { path: /pages, marker: { timestamp: deleted_at }, revisions: { keep: 3 } }
            cards: { path: /cards, marker: { flag: trashed }, revisions: { keep: 3, max-size: 60B, redact: [pin] } }
            many: { path: /many, marker: { flag: trashed }, collection-delete: expand, revisions: { keep: 3 } }
            plain: { path: /plain, marker: { flag: trashed } }
            files: { path: /files, marker: { flag: trashed }, create: overwrite, revisions: { keep: 3 } }
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

    @Test
    void bodyBeforeEachWriteIsARevision() {
        String page = page("a");
        assertThat(revisions(page)).containsExactly("1 current");
        put(page, "b");
        patch(page, "c");

        assertThat(revisions(page)).containsExactly("3 current", "2", "1");
        JsonNode second = json(gateway.get(page + "/revisions/2"));
        assertThat(second.path("number").asInt()).isEqualTo(2);
        assertThat(second.path("is_current").asBoolean(true)).isFalse();
        assertThat(second.path("create_time").asString("")).isNotEmpty();
        assertThat(second.path("revision").asString("")).isEqualTo(page + "/revisions/2");
        assertThat(second.path("body").path("text").asString("")).isEqualTo("b");
        JsonNode third = json(gateway.get(page + "/revisions/3"));
        assertThat(third.path("is_current").asBoolean(false)).isTrue();
        assertThat(third.path("body").toString()).isEqualTo(upstream.item(page).orElseThrow());
        assertThat(json(gateway.get(page + "/revisions/1")).has("create_time")).isFalse();
        assertThat(gateway.get(page + "/revisions/4").statusCode()).isEqualTo(404);
        assertThat(gateway.get(page + "/revisions/latest").statusCode()).isEqualTo(404);
    }

    /** Durable before the write is forwarded. */
    @Test
    void revisionLiesInTheStoreBeforeTheWriteGoesOn() {
        String page = page("a");
        var kept = new CopyOnWriteArrayList<String>();
        upstream.on(
                "PUT",
                page,
                (request, well) -> bodies().latest(key(page), Kind.REVISION)
                        .doOnNext(body -> kept.add(new String(body.content(), java.nio.charset.StandardCharsets.UTF_8)))
                        .then(Mono.fromSupplier(well)));
        String before = upstream.item(page).orElseThrow();
        put(page, "b");
        assertThat(kept).containsExactly(before);
        assertThat(upstream.methods(page)).containsExactly("GET", "PUT");
    }

    @Test
    void onlyTheNewestAreKeptAndNumbersGoOn() {
        String page = page("0");
        for (int i = 1; i <= 6; i++) {
            put(page, Integer.toString(i));
        }
        assertThat(revisions(page)).containsExactly("7 current", "6", "5", "4");
        assertThat(gateway.get(page + "/revisions/3").statusCode()).isEqualTo(404);
    }

    @Test
    void listIsPaged() {
        String page = page("a");
        put(page, "b");
        put(page, "c");
        put(page, "d");
        var seen = new ArrayList<String>();
        String next = page + "/revisions?page_size=2";
        while (!next.isEmpty()) {
            HttpResponse<String> answer = gateway.get(next);
            List<String> rows = rows(json(answer));
            assertThat(rows).hasSizeLessThanOrEqualTo(2);
            seen.addAll(rows);
            next = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse("");
        }
        assertThat(seen).containsExactly("4 current", "3", "2", "1");
        assertThat(gateway.get(page + "/revisions?page_token=x").statusCode()).isEqualTo(400);
        assertThat(upstream.received(page)).extracting(Received::uri).containsOnly(page);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 409, 412, 422, 500, 503})
    void refusedWriteMakesNoRevision(int status) {
        String page = page("a");
        put(page, "b");
        upstream.on("PUT", page, (request, well) -> Mono.just(Reply.status(status)));
        assertThat(gateway.send("PUT", page, "{\"text\":\"c\"}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(status);
        upstream.behave("PUT", page);
        assertThat(revisions(page)).containsExactly("2 current", "1");
        put(page, "c");
        assertThat(revisions(page)).containsExactly("3 current", "2", "1");
    }

    @Test
    void brokenConnectionMakesNoRevisionUnlessTheWriteTookEffect() {
        String page = page("a");
        upstream.on("PUT", page, (request, well) -> Mono.just(Reply.RESET));
        assertThat(write("PUT", page, "b").statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(revisions(page)).containsExactly("1 current");
        upstream.on("PUT", page, (request, well) -> {
            Reply unused = well.get();
            return Mono.just(Reply.RESET);
        });
        assertThat(write("PUT", page, "b").statusCode()).isGreaterThanOrEqualTo(500);
        upstream.behave("PUT", page);
        assertThat(revisions(page)).containsExactly("2 current", "1");
    }

    @Test
    void identicalBodiesAreKeptOnce() {
        String page = page("a");
        patch(page, "a");
        patch(page, "a");
        assertThat(revisions(page)).containsExactly("1 current");
        patch(page, "b");
        assertThat(revisions(page)).containsExactly("2 current", "1");
    }

    @Test
    void softDeleteKeepsTheBodyAndRestoreShowsIt() {
        String page = page("a");
        assertThat(gateway.delete(page).statusCode()).isEqualTo(204);
        assertThat(gateway.get(page + "/revisions").statusCode()).isEqualTo(410);
        assertThat(gateway.get(page + "/revisions/1").statusCode()).isEqualTo(410);
        assertThat(makeCurrent(page, 1).statusCode()).isEqualTo(410);
        assertThat(rows(json(gateway.get(page + "/revisions?with_trashed=true"))))
                .containsExactly("2 current", "1");
        assertThat(gateway.get(page + "/revisions/1?with_trashed=true").statusCode())
                .isEqualTo(200);
        assertThat(gateway.post(page + ":undelete").statusCode()).isEqualTo(200);
        assertThat(revisions(page)).containsExactly("1 current");
        assertThat(upstream.methods(page)).doesNotContain("PUT");
    }

    @Test
    void revisionIsMadeCurrentByWritingItBack() {
        String page = page("a");
        put(page, "b");
        put(page, "c");
        String now = upstream.item(page).orElseThrow();
        HttpResponse<String> made = makeCurrent(page, 1);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.headers().firstValue("Content-Location")).contains(page + "/revisions/4");
        assertThat(json(made).path("number").asInt()).isEqualTo(4);
        assertThat(json(made).path("is_current").asBoolean(false)).isTrue();
        assertThat(json(made).path("body").path("text").asString("")).isEqualTo("a");
        Received write = upstream.received(page).stream()
                .filter(one -> one.method().equals("PUT"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(write.header("If-Match")).isPresent();
        assertThat(json(write.body()))
                .isEqualTo(json(gateway.get(page + "/revisions/1")).path("body"));
        assertThat(json(gateway.get(page + "/revisions/3")).path("body").toString())
                .isEqualTo(now);
        assertThat(json(gateway.get(page)).path("text").asString("")).isEqualTo("a");
        assertThat(revisions(page)).containsExactly("4 current", "3", "2", "1");
    }

    @Test
    void itemThatMovedMeanwhileIsNotOverwritten() {
        String page = page("a");
        put(page, "b");
        upstream.on("PUT", page, (request, well) -> {
            upstream.set(page, "text", "\"behind our back\"");
            return Mono.just(well.get());
        });
        HttpResponse<String> made = makeCurrent(page, 1);
        assertThat(made.statusCode()).isEqualTo(412);
        assertThat(upstream.item(page).orElseThrow()).contains("behind our back");
        upstream.behave("PUT", page);
        assertThat(gateway.send(
                                "PATCH",
                                page + "/revisions/1",
                                MAKE_CURRENT,
                                "Content-Type",
                                "application/json",
                                "If-Match",
                                "\"another\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(upstream.item(page).orElseThrow()).contains("behind our back");
    }

    @Test
    void whatIsNoChangeOfARevisionIsRefused() {
        String page = page("a");
        put(page, "b");
        for (String body :
                List.of("", "{}", "{\"is_current\":false}", "{\"is_current\":true,\"text\":\"x\"}", "[]", "x")) {
            assertThat(gateway.send("PATCH", page + "/revisions/1", body, "Content-Type", "application/json")
                            .statusCode())
                    .as(body)
                    .isIn(400, 422);
        }
        assertThat(makeCurrent(page, 9).statusCode()).isEqualTo(404);
        assertThat(makeCurrent(page, 2).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(page + "/revisions/1").statusCode()).isEqualTo(405);
        assertThat(gateway.delete(page + "/revisions").statusCode()).isEqualTo(405);
        assertThat(upstream.methods(page)).containsOnlyOnce("PUT");
    }

    @Test
    void upstreamWithoutAPutIsToldOf() {
        String page = page("a");
        patch(page, "b");
        upstream.on("PUT", page, (request, well) -> Mono.just(Reply.status(405)));
        HttpResponse<String> made = makeCurrent(page, 1);
        assertThat(made.statusCode()).isEqualTo(502);
        assertThat(made.body()).contains("revision-not-written");
        assertThat(revisions(page)).containsExactly("2 current", "1");
        upstream.behave("PUT", page);
    }

    @Test
    void permanentDeleteDropsTheRevisions() {
        String page = page("a");
        put(page, "b");
        gateway.delete(page);
        assertThat(gateway.delete(page + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(bodies().list(key(page), Kind.REVISION, OptionalLong.empty(), 10)
                        .block())
                .isEmpty();
    }

    /** The upstream gives the new item the id that the client asks for. */
    @Test
    void itemThatOverwritesATrashedOneHasNoneOfItsRevisions() {
        String file = upstream.create("/files", "{\"text\":\"a\",\"trashed\":false}");
        put(file, "b");
        assertThat(gateway.delete(file).statusCode()).isEqualTo(204);
        String anew = "{\"id\":" + id(file) + ",\"text\":\"anew\",\"trashed\":false}";
        upstream.on("POST", "/files", (request, well) -> {
            upstream.put(file, request.body());
            return Mono.just(Reply.json(request.body()).as(201));
        });
        assertThat(gateway.send("POST", "/files", anew, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(201);
        assertThat(upstream.item(file)).hasValue(anew);
        assertThat(revisions(file)).containsExactly("1 current");
        put(file, "c");
        assertThat(revisions(file)).containsExactly("2 current", "1");
        assertThat(json(gateway.get(file + "/revisions/1")).path("body").toString())
                .isEqualTo(anew);
    }

    @Test
    void eachOfManyKeepsItsOwnAndDropsItsOwn() {
        String one = upstream.create("/many", "{\"text\":\"a\",\"trashed\":false}");
        String other = upstream.create("/many", "{\"text\":\"b\",\"trashed\":false}");
        String ids = "?ids=" + id(one) + "," + id(other);
        assertThat(gateway.delete("/many" + ids).statusCode()).isIn(200, 207);
        for (String item : List.of(one, other)) {
            var key = new ItemKey("many", List.of(), id(item));
            assertThat(gateway.get(item).statusCode()).isEqualTo(410);
            assertThat(bodies().latest(key, Kind.REVISION).block()).isNotNull();
        }
        assertThat(gateway.delete("/many" + ids + "&permanent=true").statusCode())
                .isIn(200, 207);
        for (String item : List.of(one, other)) {
            var key = new ItemKey("many", List.of(), id(item));
            assertThat(bodies().latest(key, Kind.REVISION).block()).isNull();
        }
    }

    @Test
    void itemThatComesToBeAnewHasNoneOfTheOld() {
        String page = page("a");
        put(page, "b");
        upstream.remove(page);
        upstream.on("PUT", page, (request, well) -> Mono.just(Reply.json("{}").as(201)));
        put(page, "c");
        upstream.behave("PUT", page);
        assertThat(bodies().list(key(page), Kind.REVISION, OptionalLong.empty(), 10)
                        .block())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itemThatAPostCreatesAnewHasNoneOfTheOld(boolean trashedBefore) {
        String page = page("a");
        put(page, "b");
        if (trashedBefore) {
            gateway.delete(page);
        }
        upstream.remove(page);
        String anew = "{\"id\":" + id(page) + ",\"text\":\"c\",\"deleted_at\":null}";
        upstream.on(
                "POST", "/pages", (request, well) -> Mono.just(Reply.json(anew).as(201)));
        String other = "{\"text\":\"c\"}";
        assertThat(gateway.send("POST", "/pages", other, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(201);
        upstream.behave("POST", "/pages");
        assertThat(bodies().list(key(page), Kind.REVISION, OptionalLong.empty(), 10)
                        .block())
                .isEmpty();
    }

    @Test
    void idThatTheUpstreamSendsBackBesideAnotherLocationIsNotTheNewItems() {
        String page = page("a");
        put(page, "b");
        String sent = "{\"id\":" + id(page) + ",\"text\":\"c\"}";
        upstream.on(
                "POST",
                "/pages",
                (request, well) -> Mono.just(Reply.json(request.body()).as(201).with("Location", "/pages/4711")));
        gateway.send("POST", "/pages", sent, "Content-Type", "application/json");
        upstream.behave("POST", "/pages");
        assertThat(revisions(page)).containsExactly("2 current", "1");
    }

    @Test
    void itemThatCannotBeReadOrKeptIsNotWritten() {
        String page = page("a");
        upstream.on("GET", page, (request, well) -> Mono.just(Reply.status(401)));
        assertThat(write("PUT", page, "b").statusCode()).isEqualTo(401);
        upstream.behave("GET", page);
        String card = upstream.create("/cards", "{\"name\":\"" + "x".repeat(100) + "\",\"trashed\":false}");
        HttpResponse<String> refused = write("PATCH", card, "b");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("item-too-large");
        assertThat(upstream.methods(page)).doesNotContain("PUT");
        assertThat(upstream.methods(card)).doesNotContain("PATCH");
    }

    @Test
    void whatIsRedactedIsNeitherKeptNorLostByAWriteBack() {
        String card = upstream.create("/cards", "{\"text\":\"a\",\"pin\":1234,\"trashed\":false}");
        patch(card, "b");
        JsonNode first = json(gateway.get(card + "/revisions/1"));
        assertThat(first.path("body").path("text").asString("")).isEqualTo("a");
        assertThat(first.path("body").has("pin")).isFalse();
        assertThat(json(gateway.get(card + "/revisions/2")).path("body").has("pin"))
                .isFalse();
        HttpResponse<String> refused = makeCurrent(card, 1);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("revision-redacted");
        assertThat(upstream.item(card).orElseThrow()).contains("1234");
    }

    /** Each write that goes through has its own revision, in an order that the bodies tell. */
    @Test
    void writesAtOnceLoseNoRevision() {
        String page = page("0");
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 1; i <= 12; i++) {
            String text = Integer.toString(i);
            answers.add(
                    CompletableFuture.supplyAsync(() -> write("PUT", page, text).statusCode()));
        }
        long through = answers.stream()
                .map(CompletableFuture::join)
                .filter(status -> status == 200)
                .count();
        assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(200, 409);
        assertThat(json(gateway.get(page + "/revisions"))
                        .path("revisions")
                        .get(0)
                        .path("number")
                        .asLong())
                .isEqualTo(through + 1);
    }

    @Test
    void resourceWithoutRevisionsHasNoneAndIsNotRead() {
        String item = upstream.create("/plain", "{\"text\":\"a\",\"trashed\":false}");
        patch(item, "b");
        assertThat(upstream.methods(item)).containsExactly("PATCH");
        assertThat(gateway.get(item + "/revisions").statusCode()).isEqualTo(404);
        assertThat(upstream.methods(item + "/revisions")).containsExactly("GET");
    }

    @Test
    void disguisedPathIsRefused() {
        String page = page("a");
        assertThat(gateway.raw(
                        "GET //pages/" + id(page) + "/revisions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(gateway.raw("DELETE " + page + "/Revisions/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 40");
    }

    private String page(String text) {
        return upstream.create("/pages", "{\"text\":\"" + text + "\",\"deleted_at\":null}");
    }

    private void put(String item, String text) {
        assertThat(write("PUT", item, text).statusCode()).isLessThan(300);
    }

    private void patch(String item, String text) {
        assertThat(write("PATCH", item, text).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> write(String method, String item, String text) {
        String id = method.equals("PUT") ? "\"id\":" + id(item) + "," : "";
        return gateway.send(method, item, "{" + id + "\"text\":\"" + text + "\"}", "Content-Type", "application/json");
    }

    private HttpResponse<String> makeCurrent(String item, int number) {
        return gateway.send(
                "PATCH", item + "/revisions/" + number, MAKE_CURRENT, "Content-Type", "application/merge-patch+json");
    }

    private List<String> revisions(String item) {
        return rows(json(gateway.get(item + "/revisions")));
    }

    private static List<String> rows(JsonNode list) {
        var rows = new ArrayList<String>();
        list.path("revisions")
                .forEach(row -> rows.add(row.path("number").asString("")
                        + (row.path("is_current").asBoolean(false) ? " current" : "")));
        return rows;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    private static JsonNode json(String body) {
        return JSON.readTree(body);
    }

    private Bodies bodies() {
        Tombstones tombstones = gateway.bean(StoredTombstones.class);
        return tombstones.bodies();
    }

    private static ItemKey key(String page) {
        return new ItemKey("pages", List.of(), id(page));
    }

    private static String id(String item) {
        return item.substring(item.lastIndexOf('/') + 1);
    }
}
