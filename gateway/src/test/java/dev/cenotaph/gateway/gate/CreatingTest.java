package dev.cenotaph.gateway.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Creates that hit the id or a unique key of a trashed item. */
class CreatingTest {
    private static final ItemUpstream UPSTREAM = new ItemUpstream();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String KEYS = "marker: { timestamp: deleted_at }, unique: [email, /tax/number]";
    private static final String POLICY = TestGateway.policy(
            UPSTREAM.port(),
            "reserving: { path: /reserving, " + KEYS + " }\n"
                    + "overwriting: { path: /overwriting, " + KEYS + ", create: overwrite }\n"
                    + "reviving: { path: /reviving, " + KEYS + ", create: revive }\n"
                    + "replacing: { path: /replacing, " + KEYS + ", create: revive, write: { method: PUT } }\n"
                    + "passing: { path: /passing, " + KEYS + ", create: pass }\n"
                    + "telling: { path: /telling, " + KEYS + ", create: pass,"
                    + " duplicates: { status: [409, 422], explain: problem } }\n");

    @SuppressWarnings("ImmutableEnumChecker") // A gateway each, for the length of the test.
    enum Way {
        DIRECT,
        CHAIN;

        private final TestGateway gateway =
                TestGateway.with(POLICY, "cenotaph.forwarding=" + name().toLowerCase(java.util.Locale.ROOT));
    }

    @AfterAll
    static void stop() {
        for (Way way : Way.values()) {
            way.gateway.close();
        }
        UPSTREAM.close();
    }

    private static String email() {
        return "nobody" + NUMBER.incrementAndGet() + "@example.org";
    }

    private static String members(String email) {
        return "{\"email\":\"" + email + "\",\"name\":\"old\"}";
    }

    private static String trashed(TestGateway gateway, String collection, String email) {
        String path = UPSTREAM.create(collection, members(email));
        assertThat(gateway.delete(path).statusCode()).isEqualTo(204);
        return path;
    }

    private static HttpResponse<String> send(
            TestGateway gateway, String method, String path, String body, String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Content-Type";
        headers[1] = "application/json";
        System.arraycopy(more, 0, headers, 2, more.length);
        return gateway.send(method, path, body, headers);
    }

    @ParameterizedTest
    @EnumSource
    void keyOfATrashedItemIsReserved(Way way) {
        String email = email();
        String path = trashed(way.gateway, "/reserving", email);
        int before = UPSTREAM.received("/reserving").size();
        var answer = send(way.gateway, "POST", "/reserving", "{\"email\":\"" + email + "\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains(
                        "key-reserved",
                        "\"id\":\"" + path.substring(11) + "\"",
                        "\"restore\":\"" + path + ":undelete\"")
                .doesNotContain(email);
        assertThat(UPSTREAM.received("/reserving")).hasSize(before);
    }

    @Test
    void keyIsFreeAgainOnceTheItemIsLiveOrGone() {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String path = trashed(gateway, "/reserving", email);
        assertThat(gateway.post(path + ":undelete").statusCode()).isEqualTo(200);
        assertThat(send(gateway, "POST", "/reserving", members(email)).statusCode())
                .isEqualTo(201);
        assertThat(gateway.delete(path).statusCode()).isEqualTo(204);
        assertThat(send(gateway, "POST", "/reserving", members(email)).statusCode())
                .isEqualTo(409);
        assertThat(gateway.delete(path + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(send(gateway, "POST", "/reserving", members(email)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void keyInsideAnItemCountsAndOtherValuesDoNot() {
        TestGateway gateway = Way.DIRECT.gateway;
        String path = UPSTREAM.create("/reserving", "{\"tax\":{\"number\":1.50},\"email\":null}");
        gateway.delete(path);
        assertThat(send(gateway, "POST", "/reserving", "{\"tax\":{\"number\":1.5}}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send(gateway, "POST", "/reserving", "{\"tax\":{\"number\":\"1.5\"}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send(gateway, "POST", "/reserving", "{\"email\":null}").statusCode())
                .isEqualTo(201);
        assertThat(send(gateway, "POST", "/reserving", "{\"name\":\"" + email() + "\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource
    void overwrittenItemIsDeletedForGoodBeforeTheCreate(Way way) {
        String email = email();
        String path = trashed(way.gateway, "/overwriting", email);
        var answer = send(way.gateway, "POST", "/overwriting", members(email));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(UPSTREAM.item(path)).isEmpty();
        assertThat(UPSTREAM.methods(path)).endsWith("DELETE");
        assertThat(way.gateway.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void itemOfTheSameIdIsOverwritten() {
        TestGateway gateway = Way.DIRECT.gateway;
        String path = trashed(gateway, "/overwriting", email());
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(send(gateway, "POST", "/overwriting", "{\"id\":" + id + "}").statusCode())
                .isEqualTo(201);
        assertThat(UPSTREAM.item(path)).isEmpty();
    }

    @Test
    void nothingIsCreatedWhereTheTrashedItemStays() {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String path = trashed(gateway, "/overwriting", email);
        for (Reply refusal : new Reply[] {Reply.status(403), Reply.status(500), Reply.RESET}) {
            UPSTREAM.on("DELETE", path, (request, well) -> Mono.just(refusal));
            int before = UPSTREAM.received("/overwriting").size();
            assertThat(send(gateway, "POST", "/overwriting", members(email)).statusCode())
                    .isGreaterThanOrEqualTo(400);
            assertThat(UPSTREAM.received("/overwriting")).hasSize(before);
            assertThat(gateway.get(path).statusCode()).as("still in the trash").isEqualTo(410);
            UPSTREAM.behave("DELETE", path);
        }
    }

    @Test
    void overwriteWhoseCreateFailsHasDeletedAllTheSame() {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String path = trashed(gateway, "/overwriting", email);
        UPSTREAM.on("POST", "/overwriting", (request, well) -> Mono.just(Reply.status(400)));
        assertThat(send(gateway, "POST", "/overwriting", members(email)).statusCode())
                .isEqualTo(400);
        UPSTREAM.behave("POST", "/overwriting");
        assertThat(UPSTREAM.item(path)).isEmpty();
        assertThat(gateway.get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void revivedItemHasItsIdAndWhatTheClientSent(Way way) {
        String email = email();
        String path = trashed(way.gateway, "/reviving", email);
        var answer = send(
                way.gateway,
                "POST",
                "/reviving",
                "{\"email\":\"" + email + "\",\"name\":\"new\"}",
                "If-None-Match",
                "*");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"name\":\"new\"");
        assertThat(answer.headers().firstValue("Cenotaph-State")).hasValue("live");
        assertThat(answer.headers().firstValue("Content-Location")).hasValue(path);
        var written = UPSTREAM.received(path).getLast();
        assertThat(written.method()).isEqualTo("PATCH");
        assertThat(written.header("Content-Type")).hasValue("application/merge-patch+json");
        assertThat(written.header("If-None-Match")).isEmpty();
        assertThat(way.gateway.get(path).statusCode()).isEqualTo(200);
        assertThat(UPSTREAM.item(path).orElseThrow())
                .contains("\"name\":\"new\"")
                .doesNotContain("deleted_at\":\"");
    }

    @Test
    void revivedItemIsReplacedWhereThePolicyWritesByPut() {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String path = trashed(gateway, "/replacing", email);
        assertThat(send(gateway, "POST", "/replacing", "{\"email\":\"" + email + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(UPSTREAM.methods(path)).endsWith("PUT");
        assertThat(UPSTREAM.item(path)).hasValue("{\"email\":\"" + email + "\"}");
    }

    @ParameterizedTest
    @EnumSource
    void revivedItemKeepsItsIdWhateverTheCreateNames(Way way) {
        revivedItemKeepsItsId(way.gateway, "/reviving");
        revivedItemKeepsItsId(way.gateway, "/replacing");
    }

    private static void revivedItemKeepsItsId(TestGateway gateway, String collection) {
        for (String other : new String[] {"987654", "\"987654\"", "null"}) {
            String email = email();
            String path = trashed(gateway, collection, email);
            String body = "{ \"id\": " + other + ", \"email\": \"" + email + "\" }";
            assertThat(send(gateway, "POST", collection, body).statusCode()).isEqualTo(200);
            assertThat(UPSTREAM.received(path).getLast().body()).isEqualTo("{ \"email\": \"" + email + "\" }");
            assertThat(gateway.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void revivedItemIsSentItsOwnIdAsItCame() {
        TestGateway gateway = Way.DIRECT.gateway;
        String path = trashed(gateway, "/reviving", email());
        String body = "{\"id\":" + path.substring("/reviving/".length()) + ",\"name\":\"new\"}";
        assertThat(send(gateway, "POST", "/reviving", body).statusCode()).isEqualTo(200);
        assertThat(UPSTREAM.received(path).getLast().body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reviving", "/overwriting"})
    void oneCreateTakesThePlaceOfOneItemAlone(String collection) {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String one = trashed(gateway, collection, email);
        String other = trashed(gateway, collection, email());
        String id = other.substring(collection.length() + 1);
        int before = UPSTREAM.received(collection).size();
        var answer = send(gateway, "POST", collection, "{\"id\":" + id + ",\"email\":\"" + email + "\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("several-reserved", "\"" + one + ":undelete\"", "\"" + other + ":undelete\"")
                .contains("\"id\":\"" + id + "\"");
        assertThat(gateway.get(one).statusCode()).isEqualTo(410);
        assertThat(gateway.get(other).statusCode()).isEqualTo(410);
        assertThat(UPSTREAM.item(one)).isPresent();
        assertThat(UPSTREAM.item(other)).isPresent();
        assertThat(UPSTREAM.received(collection)).hasSize(before);
    }

    @ParameterizedTest
    @EnumSource
    void duplicateThatTheUpstreamRefusesIsExplained(Way way) {
        String email = email();
        String path = trashed(way.gateway, "/passing", email);
        UPSTREAM.on(
                "POST",
                "/passing",
                (request, well) ->
                        Mono.just(Reply.json("{\"error\":\"email taken\"}").as(409)));
        var answer = send(way.gateway, "POST", "/passing", members(email));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"email taken\"}");
        assertThat(answer.headers().firstValue("Cenotaph-State")).hasValue("trashed");
        assertThat(answer.headers().firstValue("Cenotaph-Item")).hasValue(path);
        assertThat(answer.headers().firstValue("Link")).hasValue("<" + path + ":undelete>; rel=\"restore\"");
        var unrelated = send(way.gateway, "POST", "/passing", members(email()));
        assertThat(unrelated.headers().firstValue("Cenotaph-State")).isEmpty();
        UPSTREAM.behave("POST", "/passing");
    }

    @ParameterizedTest
    @EnumSource
    void explanationCanBeAProblemThatHoldsTheUpstreamsAnswer(Way way) {
        String email = email();
        String path = trashed(way.gateway, "/telling", email);
        UPSTREAM.on(
                "POST",
                "/telling",
                (request, well) ->
                        Mono.just(Reply.json("{\"error\":\"email taken\"}").as(422)));
        var answer = send(way.gateway, "POST", "/telling", members(email));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains(
                        "key-reserved",
                        "\"restore\":\"" + path + ":undelete\"",
                        "\"upstream_answer\":{\"error\":\"email taken\"}");
        UPSTREAM.behave("POST", "/telling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void updateToAValueInTheTrashIsExplainedToo(String method) {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String path = trashed(gateway, "/reserving", email);
        String other = UPSTREAM.create("/reserving", members(email()));
        UPSTREAM.on(method, other, (request, well) -> Mono.just(Reply.json("{}").as(409)));
        var answer = send(gateway, method, other, members(email));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Cenotaph-Item")).hasValue(path);
    }

    @Test
    void itemThatIsSeenTrashedIsKnownByItsKey() {
        TestGateway gateway = Way.DIRECT.gateway;
        String email = email();
        String path = UPSTREAM.create("/reserving", members(email));
        UPSTREAM.set(path, "deleted_at", "\"2026-11-22T12:00:00Z\"");
        assertThat(gateway.get(path).statusCode()).isEqualTo(410);
        assertThat(send(gateway, "POST", "/reserving", members(email)).statusCode())
                .isEqualTo(409);
    }

    @Test
    void putThatCreatesOverwritesOrRevives() {
        TestGateway gateway = Way.DIRECT.gateway;
        String body = "{\"name\":\"new\"}";
        String overwritten = trashed(gateway, "/overwriting", email());
        UPSTREAM.on("PUT", overwritten, (request, well) -> Mono.just(Reply.status(201)));
        assertThat(send(gateway, "PUT", overwritten, body).statusCode()).isEqualTo(410);
        assertThat(send(gateway, "PUT", overwritten, body, "If-None-Match", "\"x\"")
                        .statusCode())
                .isEqualTo(410);
        assertThat(send(gateway, "PUT", overwritten, body, "If-None-Match", "*").statusCode())
                .isEqualTo(201);
        assertThat(UPSTREAM.methods(overwritten)).endsWith("DELETE", "PUT");

        String revived = trashed(gateway, "/reviving", email());
        var answer = send(gateway, "PUT", revived, body, "If-None-Match", "*");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cenotaph-State")).hasValue("live");
        assertThat(UPSTREAM.item(revived)).hasValue(body);

        String passed = trashed(gateway, "/passing", email());
        // The upstream decides, and it has the item still.
        assertThat(send(gateway, "PUT", passed, body, "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        String reserved = trashed(gateway, "/reserving", email());
        assertThat(send(gateway, "PUT", reserved, body, "If-None-Match", "*").statusCode())
                .isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/overwriting", "/reviving"})
    void createAndRestoreAtOnceLeaveOneTruth(String collection) {
        TestGateway gateway = Way.DIRECT.gateway;
        for (int round = 0; round < 25; round++) {
            String email = email();
            String path = trashed(gateway, collection, email);
            var create = CompletableFuture.supplyAsync(
                    () -> send(gateway, "POST", collection, members(email)).statusCode());
            var restore = CompletableFuture.supplyAsync(
                    () -> gateway.post(path + ":undelete").statusCode());
            CompletableFuture.allOf(create, restore).join();
            assertThat(create.join()).isIn(200, 201, 409);
            assertThat(restore.join()).isIn(200, 404, 409, 410);
            assertTruth(gateway, path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/overwriting", "/reviving", "/reserving"})
    void createAndDeleteAtOnceLeaveOneTruth(String collection) {
        TestGateway gateway = Way.DIRECT.gateway;
        for (int round = 0; round < 25; round++) {
            String email = email();
            String path = UPSTREAM.create(collection, members(email));
            var create = CompletableFuture.supplyAsync(
                    () -> send(gateway, "POST", collection, members(email)).statusCode());
            var delete =
                    CompletableFuture.supplyAsync(() -> gateway.delete(path).statusCode());
            CompletableFuture.allOf(create, delete).join();
            assertThat(create.join()).isIn(200, 201, 409, 410);
            assertThat(delete.join()).isIn(204, 409, 410, 404);
            assertTruth(gateway, path);
        }
    }

    /** What the gateway says of an item is what lies at the upstream. */
    private static void assertTruth(TestGateway gateway, String path) {
        int expected = UPSTREAM.item(path)
                .map(item -> item.contains("\"deleted_at\":\"") ? 410 : 200)
                .orElse(404);
        assertThat(gateway.get(path).statusCode()).isEqualTo(expected);
    }
}
