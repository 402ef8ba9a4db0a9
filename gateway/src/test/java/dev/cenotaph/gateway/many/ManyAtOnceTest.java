package dev.cenotaph.gateway.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Holds;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyAtOnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String POLICIES = """
            orders:
              path: /orders
              marker: { timestamp: deleted_at }
              id-pattern: '[0-9]+'
              collection-delete: expand
            few:
              path: /few
              marker: { flag: trashed }
              collection-delete: expand
              expand: { ids: id, separator: '|', paths: /bulk-delete, most: 3, all-well: 200 }
              permanent: { allow: trashed }
            shut: { path: /shut, marker: { flag: trashed }, permanent: { allow: never } }
            lines:
              path: /users/{user}/lines
              marker: { flag: trashed }
              collection-delete: expand
            users: { path: /users, marker: { flag: trashed } }
            real: { path: /real, marker: { flag: trashed }, collection-delete: expand, answers: { delete: pass } }
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
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DELETE | /orders?ids=A,B           |
                    DELETE | /orders?ids=A%2CB         |
                    DELETE | /orders?ids=A&ids=B       |
                    DELETE | /orders                   | {"ids":[A,"B"]}
                    DELETE | /orders                   | ["A",B]
                    DELETE | /orders                   | {"names":["orders/A","B"]}
                    POST   | /orders:batchDelete       | {"ids":["A","B"]}
                    POST   | /orders:batchDelete       | {"names":["orders/A","/orders/B"]}
                    """)
    void eachItemIsTrashedAsByADeleteOfItsOwn(String method, String url, String body) {
        List<String> paths = items("/orders", 2);
        HttpResponse<String> answer =
                gateway.send(method, named(url, paths), named(body == null ? "" : body, paths), JSON);
        assertThat(answer.statusCode()).isEqualTo(207);
        JsonNode document = json(answer);
        assertThat(document.get("succeeded").asInt()).isEqualTo(2);
        assertThat(document.get("failed").asInt()).isZero();
        for (int i = 0; i < 2; i++) {
            JsonNode result = document.get("results").get(i);
            assertThat(result.get("item").asString()).isEqualTo(paths.get(i));
            assertThat(result.get("status").asInt()).isEqualTo(204);
            assertThat(result.get("state").asString()).isEqualTo("trashed");
            assertThat(gateway.get(paths.get(i)).statusCode()).isEqualTo(410);
            assertThat(upstream.item(paths.get(i)).orElseThrow()).contains("deleted_at");
            assertThat(upstream.methods(paths.get(i))).doesNotContain("DELETE");
        }
        assertThat(document.get("results").get(0).get("deletion_id"))
                .isNotEqualTo(document.get("results").get(1).get("deletion_id"));
    }

    @Test
    void itemsGoWellOrNotEachForItself() {
        List<String> paths = items("/orders", 2);
        upstream.on(
                "PATCH",
                paths.get(1),
                (request, well) -> Mono.just(Reply.json("{\"no\":1}").as(403)));
        String url = "/orders?ids=" + id(paths.get(0)) + ",999999," + id(paths.get(1)) + ",x,," + id(paths.get(0));
        JsonNode results = json(gateway.delete(url)).get("results");
        assertThat(results.findValuesAsString("status").subList(0, 1)).containsExactly("204");
        assertThat(statuses(results)).containsExactly(204, 404, 403, 400, 400);
        assertThat(results.get(2).get("problem").get("no").asInt()).isEqualTo(1);
        assertThat(results.get(3).get("problem").get("type").asString()).endsWith("invalid-id");
        assertThat(gateway.get(paths.get(1)).statusCode()).isEqualTo(200);
    }

    @Test
    void repeatIsAnsweredAsThePolicyHasItForOne() {
        List<String> paths = items("/orders", 1);
        String url = "/orders?ids=" + id(paths.getFirst());
        gateway.delete(url);
        assertThat(statuses(json(gateway.delete(url)).get("results"))).containsExactly(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"ids\":[]}",
                "{\"ids\":\"1\"}",
                "{\"ids\":[true]}",
                "{\"ids\":[1.5]}",
                "{\"ids\":[null]}",
                "{\"ids\":[[1]]}",
                "{\"ids\":[1],\"status\":\"old\"}",
                "{\"ids\":[1],\"ids\":[2]}",
                "{\"filter\":\"x\"}",
                "{\"all\":true}",
                "\"1\"",
                "[1] [2]",
                "[1"
            })
    void whatDoesNotNameItemsPlainlyDoesNothing(String body) {
        List<String> before = upstream.methods("/orders");
        assertThat(gateway.send("DELETE", "/orders", body, JSON).statusCode()).isEqualTo(400);
        assertThat(gateway.send("POST", "/orders:batchDelete", body, JSON).statusCode())
                .isEqualTo(400);
        assertThat(upstream.methods("/orders")).isEqualTo(before);
    }

    @Test
    void requestThatNamesNothingNeverMeansAll() {
        assertThat(gateway.delete("/orders").statusCode()).isEqualTo(400);
        assertThat(gateway.delete("/orders?ids=").statusCode()).isEqualTo(400);
        assertThat(gateway.delete("/orders?status=old").statusCode()).isEqualTo(400);
        assertThat(gateway.delete("/orders?ID=1").statusCode()).isEqualTo(400);
        assertThat(upstream.methods("/orders")).isEmpty();
    }

    @Test
    void namesInQueryAndBodyAreTooMany() {
        assertThat(gateway.send("DELETE", "/orders?ids=1", "[2]", JSON).statusCode())
                .isEqualTo(400);
        assertThat(gateway.send("DELETE", "/orders", "ids=1", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(gateway.delete("/orders?ids=1", "If-Match", "\"a\"").statusCode())
                .isEqualTo(400);
    }

    @Test
    void policySaysHowItemsAreNamedAndHowManyThereMayBe() {
        List<String> paths = items("/few", 4);
        String three = "/few?id=" + String.join("|", ids(paths.subList(0, 3))).replace("|", "%7C");
        assertThat(gateway.delete(three + "%7C" + id(paths.get(3))).statusCode())
                .isEqualTo(400);
        assertThat(gateway.get(paths.getFirst()).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(three).statusCode()).isEqualTo(200);
        assertThat(gateway.send("POST", "/few/bulk-delete", "[" + id(paths.get(3)) + "]", JSON)
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.send("POST", "/few:batchDelete", "[1]", JSON).statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void whatThePolicyRefusesIsRefused() {
        upstream.create("/shut", "{}");
        assertThat(gateway.delete("/shut?ids=1").statusCode()).isEqualTo(405);
        assertThat(gateway.send("POST", "/shut:batchDelete", "[1]", JSON).statusCode())
                .isEqualTo(405);
        assertThat(gateway.send("POST", "/shut/trashed:purge", "{\"all\":true}", JSON)
                        .statusCode())
                .isEqualTo(403);
        assertThat(upstream.received("/shut")).isEmpty();
    }

    @Test
    void permanentDeleteOfManyIsGrantedToEachForItself() {
        List<String> paths = items("/few", 2);
        gateway.delete(paths.get(0));
        JsonNode results = json(gateway.delete("/few?permanent=true&id=" + String.join("%7C", ids(paths))))
                .get("results");
        assertThat(statuses(results)).containsExactly(204, 409);
        assertThat(upstream.item(paths.get(0))).isEmpty();
        assertThat(upstream.item(paths.get(1))).isPresent();
    }

    @Test
    void whereDeletesStayRealEachOfManyIsOne() {
        List<String> paths = items("/real", 3);
        JsonNode answer = json(gateway.delete("/real?ids=" + String.join(",", ids(paths.subList(0, 2)))));
        assertThat(statuses(answer.get("results"))).containsExactly(204, 204);
        for (String path : paths.subList(0, 2)) {
            assertThat(upstream.received(path))
                    .extracting(StubUpstream.Received::method)
                    .containsExactly("DELETE");
            assertThat(upstream.item(path)).isEmpty();
        }
        assertThat(upstream.received("/real")).isEmpty();
        assertThat(upstream.item(paths.get(2))).isPresent();
    }

    @Test
    void callersCredentialsAndQueryGoWithEachItem() {
        List<String> paths = items("/orders", 2);
        gateway.delete("/orders?tenant=a&ids=" + String.join(",", ids(paths)), "Authorization", "me");
        for (String path : paths) {
            assertThat(upstream.received(path))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.header("Authorization")).contains("me"))
                    .allSatisfy(call -> assertThat(call.uri()).isEqualTo(path + "?tenant=a"));
        }
    }

    @Test
    void onlySoManyAreUnderWayAtOnce() {
        List<String> paths = items("/orders", 40);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        for (String path : paths) {
            upstream.on(
                    "PATCH",
                    path,
                    (request, well) -> Mono.delay(Duration.ofMillis(20))
                            .doFirst(() -> most.accumulateAndGet(now.incrementAndGet(), Math::max))
                            .doFinally(end -> now.decrementAndGet())
                            .map(late -> well.get()));
        }
        HttpResponse<String> answer = gateway.delete("/orders?ids=" + String.join(",", ids(paths)));
        assertThat(json(answer).get("succeeded").asInt()).isEqualTo(40);
        assertThat(most.get()).isBetween(2, ManyAtOnce.AT_A_TIME);
    }

    @Test
    void sameIdempotencyKeyIsTheSameAnswer() {
        List<String> paths = items("/orders", 2);
        String url = "/orders?ids=" + String.join(",", ids(paths));
        String first = gateway.delete(url, "Idempotency-Key", "k1").body();
        HttpResponse<String> second = gateway.delete(url, "Idempotency-Key", "k1");
        assertThat(second.body()).isEqualTo(first);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void whatLiesBelowATrashedItemIsGoneAsAWhole() {
        String user = upstream.create("/users", "{}");
        String line = upstream.create(user + "/lines", "{}");
        assertThat(gateway.delete(user + "/lines?ids=" + id(line)).statusCode()).isEqualTo(207);
        gateway.delete(user);
        assertThat(gateway.delete(user + "/lines?ids=" + id(line)).statusCode()).isEqualTo(410);
    }

    @Test
    void trashIsRestoredById() {
        List<String> paths = items("/orders", 3);
        gateway.delete("/orders?ids=" + String.join(",", ids(paths)));
        String two = "{\"ids\":" + ids(paths.subList(0, 2)) + "}";
        HttpResponse<String> answer = gateway.send("POST", "/orders/trashed:restore", two, JSON);
        assertThat(statuses(json(answer).get("results"))).containsExactly(200, 200);
        assertThat(gateway.get(paths.get(0)).statusCode()).isEqualTo(200);
        assertThat(gateway.get(paths.get(2)).statusCode()).isEqualTo(410);
        assertThat(statuses(json(gateway.send("POST", "/orders/trashed:restore", two, JSON))
                        .get("results")))
                .containsExactly(409, 409);
        assertThat(gateway.auditOf(id(paths.get(0)))).last().asString().startsWith("FORGET");
    }

    @Test
    void trashIsPurgedByIdAndHoldsAreRespected() {
        List<String> paths = items("/orders", 3);
        gateway.delete("/orders?ids=" + String.join(",", ids(paths.subList(0, 2))));
        new Holds(gateway.bean(StoredTombstones.class))
                .set(new ItemKey("orders", List.of(), id(paths.get(1))), "court", new Trace(Optional.empty(), "r", "v"))
                .block(PATIENCE);
        HttpResponse<String> answer =
                gateway.send("POST", "/orders/trashed:purge", "{\"ids\":" + ids(paths) + "}", JSON);
        assertThat(statuses(json(answer).get("results"))).containsExactly(204, 409, 409);
        assertThat(upstream.item(paths.get(0))).isEmpty();
        assertThat(upstream.item(paths.get(1))).isPresent();
        assertThat(upstream.item(paths.get(2))).isPresent();
    }

    @Test
    void filterTakesWhatFitsAllThatItSays() {
        String user = upstream.create("/users", "{}");
        String one = upstream.create(user + "/lines", "{}");
        String other = upstream.create(user + "/lines", "{}");
        String deletionId =
                gateway.delete(one).headers().firstValue("Cenotaph-Deletion-Id").orElseThrow();
        gateway.delete(other);
        String url = user + "/lines/trashed:restore";
        assertThat(json(gateway.send("POST", url, "{\"actor\":\"nobody\"}", JSON))
                        .get("results"))
                .isEmpty();
        assertThat(json(gateway.send("POST", url, "{\"deleted_before\":\"2020-01-01T00:00:00Z\"}", JSON))
                        .get("results"))
                .isEmpty();
        JsonNode byDeletion = json(gateway.send(
                "POST",
                url,
                "{\"deletion_id\":\"" + deletionId + "\",\"deleted_after\":\"2020-01-01T00:00:00Z\"}",
                JSON));
        assertThat(byDeletion.get("results").get(0).get("item").asString()).isEqualTo(one);
        assertThat(byDeletion.get("results")).hasSize(1);
        assertThat(json(gateway.send("POST", url, "{\"all\":true}", JSON)).get("results"))
                .hasSize(1);
        assertThat(gateway.get(other).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"all\":false}",
                "{\"all\":\"true\"}",
                "{\"all\":true,\"actor\":\"a\"}",
                "{\"ids\":[1],\"actor\":\"a\"}",
                "{\"deleted_before\":\"yesterday\"}",
                "{\"deleted_befor\":\"2020-01-01T00:00:00Z\"}",
                "{\"actor\":7}"
            })
    void filterThatIsNotUnderstoodTakesNothing(String body) {
        String item = items("/few", 1).getFirst();
        gateway.delete(item);
        assertThat(gateway.send("POST", "/few/trashed:purge", body, JSON).statusCode())
                .isEqualTo(400);
        assertThat(upstream.item(item)).isPresent();
    }

    @Test
    void longChangeIsAJobThatItsCallerWatches() {
        String user = upstream.create("/users", "{}");
        List<String> paths = items(user + "/lines", 120);
        paths.forEach(gateway::delete);
        HttpResponse<String> accepted =
                gateway.send("POST", user + "/lines/trashed:restore", "{\"all\":true}", with("Authorization", "me"));
        assertThat(accepted.statusCode()).isEqualTo(202);
        String job = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(job).startsWith(user + "/lines/trashed:jobs/");
        await().atMost(PATIENCE)
                .until(() -> json(gateway.get(job, "Authorization", "me"))
                        .get("state")
                        .asString()
                        .equals("done"));
        JsonNode done = json(gateway.get(job, "Authorization", "me"));
        assertThat(done.get("succeeded").asInt()).isEqualTo(120);
        assertThat(done.get("left").asInt()).isZero();
        assertThat(gateway.get(job, "Authorization", "you").statusCode()).isEqualTo(404);
        assertThat(gateway.get(job).statusCode()).isEqualTo(404);
        assertThat(paths)
                .allSatisfy(
                        path -> assertThat(upstream.item(path).orElseThrow()).doesNotContain("\"trashed\":true"));
    }

    private static String[] with(String... more) {
        var all = new java.util.ArrayList<>(List.of(JSON));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private List<String> items(String collection, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> upstream.create(collection, "{\"n\":" + i + "}"))
                .toList();
    }

    private static List<Integer> statuses(JsonNode results) {
        return results.valueStream().map(result -> result.get("status").asInt()).toList();
    }

    private static String named(String text, List<String> paths) {
        return text.replaceAll("\\bA\\b|(?<=/)A", id(paths.get(0)))
                .replaceAll("(?<=%2C)B|\\bB\\b|(?<=/)B", id(paths.get(1)));
    }

    private static List<String> ids(List<String> paths) {
        return paths.stream().map(ManyAtOnceTest::id).toList();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
