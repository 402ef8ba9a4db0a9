package dev.cenotaph.gateway.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What flows by corrects the index, and what is stale does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemGateTest {
    private static final String TRASHED = "{\"deleted_at\":\"2024-05-06T07:08:09Z\"}";
    private static final String POLICIES = """
            orders: { path: /orders, aliases: ["/my/orders/{id}"], unlink: ["/orders/{id}/tags/{tag}"],
                      marker: { timestamp: deleted_at } }
            guarded: { path: /guarded, marker: { timestamp: deleted_at }, marker-writes: refuse }
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
    void itemTrashedByTheUpstreamItselfIsGoneAndLearned() {
        String item = upstream.create("/orders", TRASHED);
        HttpResponse<String> gone = gateway.get(item);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.body()).contains("\"delete_time\":\"2024-05-06T07:08:09Z\"");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(gateway.send("PUT", item, "{}").statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item)).containsExactly("GET");
        assertThat(gateway.get(item + "?with_trashed=true").statusCode()).isEqualTo(200);
    }

    @Test
    void itemThatTheUpstreamRestoredItselfIsSeenLiveByWhoAsks() {
        String item = live("/orders");
        gateway.delete(item);
        upstream.set(item, "deleted_at", "null");
        HttpResponse<String> shown = gateway.get(item + "?with_trashed=true");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Cenotaph-State")).contains("live");
        assertThat(gateway.get("/orders").body()).contains("\"id\":" + item.substring("/orders/".length()) + ",");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(gateway.get(item).statusCode()).isEqualTo(200));
    }

    /** I5. The slow answer is older than the restore, whatever it shows. */
    @Test
    void answerFromBeforeTheRestoreDoesNotTrashTheItemAgain() throws Exception {
        String item = live("/orders");
        Sinks.Empty<Void> held = Sinks.empty();
        var asked = new CountDownLatch(1);
        upstream.on("GET", item, (request, well) -> {
            upstream.behave("GET", item);
            asked.countDown();
            String stale = upstream.item(item).orElseThrow().replace("null", "\"2024-05-06T07:08:09Z\"");
            return held.asMono().thenReturn(Reply.json(stale));
        });
        CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> gateway.get(item));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
        held.tryEmitEmpty();
        slow.get(10, TimeUnit.SECONDS);
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
        assertThat(gateway.get("/orders/trashed").body()).doesNotContain("\"" + item + "\"");
    }

    @Test
    void clientsOwnMarkerIsASoftDelete() {
        String item = live("/orders");
        assertThat(patch(item, TRASHED).statusCode()).isEqualTo(200);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item)).containsExactly("GET", "PATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TRASHED,
                "{\"name\":\"x\",\"deleted_at\":\"2024-05-06T07:08:09Z\"}",
                "{\"deleted_at\":null,\"deleted_at\":\"2024-05-06T07:08:09Z\"}",
                "[{\"op\":\"add\",\"path\":\"/deleted_at\",\"value\":\"2024-05-06T07:08:09Z\"}]",
                "{\"deleted\\u005fat\":\"2024-05-06T07:08:09Z\"}",
                "no JSON"
            })
    void clientsOwnMarkerIsRefusedWhereThePolicySaysSo(String body) {
        String item = live("/guarded");
        assertThat(patch(item, body).statusCode()).isEqualTo(422);
        assertThat(upstream.methods(item)).isEmpty();
    }

    @Test
    void otherWritesPassByteForByte() {
        String item = live("/guarded");
        String body = "{ \"name\" : \"\\u0041\", \"price\": 1.100 }";
        assertThat(patch(item, body).statusCode()).isEqualTo(200);
        assertThat(upstream.received(item).getFirst().body()).isEqualTo(body);
    }

    @Test
    void idOfTrashedItemIsReserved() {
        String item = live("/orders");
        gateway.delete(item);
        HttpResponse<String> refused = post("/orders", "{\"id\":" + item.substring("/orders/".length()) + "}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("id-reserved", item + ":undelete");
        assertThat(upstream.methods("/orders")).doesNotContain("POST");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void idHandedOutAnewIsLiveAtOnce(boolean byLink) {
        String item = live("/orders");
        String id = item.substring("/orders/".length());
        gateway.delete(item);
        upstream.on("POST", "/orders", (request, well) -> {
            upstream.set(item, "deleted_at", "null");
            return Mono.just(
                    byLink
                            ? Reply.status(201).with("Location", item)
                            : Reply.json("{\"id\":" + id + "}").as(201));
        });
        assertThat(post("/orders", "{\"name\":\"new\"}").statusCode()).isEqualTo(201);
        upstream.behave("POST", "/orders");
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"null, 200", "'\"2024-05-06T07:08:09Z\"', 410"})
    void createThatAnswers200IsBelievedWhereItShowsTheItemLive(String marker, int status) {
        String item = live("/orders");
        String id = item.substring("/orders/".length());
        gateway.delete(item);
        upstream.on("POST", "/orders", (request, well) -> {
            upstream.set(item, "deleted_at", marker);
            return Mono.just(Reply.json("{\"id\":" + id + ",\"deleted_at\":" + marker + "}"));
        });
        assertThat(post("/orders", "{\"name\":\"new\"}").statusCode()).isEqualTo(200);
        upstream.behave("POST", "/orders");
        assertThat(gateway.get(item).statusCode()).isEqualTo(status);
    }

    @Test
    void putUnderTheIdOfATrashedItemIsGoneAndNotForwarded() {
        String item = live("/orders");
        gateway.delete(item);
        assertThat(gateway.send("PUT", item, "{\"name\":\"new\"}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(410);
        assertThat(upstream.methods(item)).doesNotContain("PUT");
    }

    @Test
    void aliasNamesTheSameItem() {
        String item = live("/orders");
        String alias = "/my" + item;
        upstream.on(
                "GET",
                alias,
                (request, well) -> Mono.just(Reply.json(upstream.item(item).orElseThrow())));
        upstream.on("PATCH", alias, (request, well) -> {
            upstream.set(item, "deleted_at", "\"2024-05-06T07:08:09Z\"");
            return Mono.just(Reply.json(upstream.item(item).orElseThrow()));
        });
        assertThat(gateway.delete(alias).statusCode()).isEqualTo(204);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(gateway.get(alias).statusCode()).isEqualTo(410);
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway.get(alias).statusCode()).isEqualTo(200);
    }

    @Test
    void unlinkingPassesAndOtherDeletesBelowDoNot() {
        String item = live("/orders");
        upstream.on("DELETE", item + "/tags/red", (request, well) -> Mono.just(Reply.status(204)));
        assertThat(gateway.delete(item + "/tags/red").statusCode()).isEqualTo(204);
        assertThat(gateway.delete(item + "/lines/1").statusCode()).isEqualTo(405);
        assertThat(upstream.methods(item + "/lines/1")).isEmpty();
        gateway.delete(item);
        assertThat(gateway.delete(item + "/tags/red").statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item + "/tags/red")).containsExactly("DELETE");
    }

    private String live(String collection) {
        return upstream.create(collection, "{\"name\":\"x\",\"deleted_at\":null}");
    }

    private HttpResponse<String> patch(String path, String body) {
        return gateway.send("PATCH", path, body, "Content-Type", "application/json");
    }

    private HttpResponse<String> post(String path, String body) {
        return gateway.send("POST", path, body, "Content-Type", "application/json");
    }
}
