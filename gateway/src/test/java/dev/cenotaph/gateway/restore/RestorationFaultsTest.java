package dev.cenotaph.gateway.restore;

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
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Upstreams that fail, lie or dawdle while an item is restored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestorationFaultsTest {
    private static final String POLICIES = """
            orders: { path: /orders, marker: { timestamp: deleted_at } }
            replaced: { path: /replaced, marker: { flag: trashed }, write: { method: PUT } }
            states: { path: /states, marker: { status: { field: state, trashed: archived } } }
            fixed: { path: /fixed, marker: { status: { field: state, trashed: archived, live: active } } }
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
    void markerThatStaysLeavesTheItemInTheTrash() {
        String order = trashedOrder();
        upstream.on("PATCH", order, (request, well) -> Mono.just(Reply.json("{\"id\":1,\"deleted_at\":null}")));
        HttpResponse<String> answer = gateway.post(order + ":undelete");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("marker-not-cleared");
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @CsvSource({"401,401", "403,403", "405,502", "415,502", "500,502", "503,503"})
    void refusedWriteLeavesTheItemInTheTrash(int upstreamStatus, int status) {
        String order = trashedOrder();
        upstream.on("PATCH", order, (request, well) -> Mono.just(Reply.status(upstreamStatus)));
        assertThat(gateway.post(order + "/restore").statusCode()).isEqualTo(status);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
        upstream.behave("PATCH", order);
        assertThat(gateway.post(order + "/restore").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"401,401", "403,403", "500,502"})
    void itemThatCannotBeReadStaysInTheTrash(int upstreamStatus, int status) {
        String order = trashedOrder();
        upstream.on("GET", order, (request, well) -> Mono.just(Reply.status(upstreamStatus)));
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(status);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void errorAfterTheMarkerWasClearedIsARestore() {
        String order = trashedOrder();
        upstream.on("PATCH", order, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.just(Reply.status(500));
        });
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
    }

    @Test
    void connectionThatBreaksAfterTheMarkerWasClearedIsSettledByReading() {
        String order = trashedOrder();
        upstream.on("PATCH", order, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.just(Reply.RESET);
        });
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
    }

    @Test
    void connectionThatBreaksBeforeLeavesTheItemInTheTrash() {
        String order = trashedOrder();
        upstream.on("PATCH", order, (request, well) -> Mono.just(Reply.RESET));
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(502);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void itemThatIsNotThereAnyMoreLosesItsTombstone() {
        String order = trashedOrder();
        upstream.remove(order);
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(404);
        assertThat(gateway.get(order).statusCode()).isEqualTo(404);
        assertThat(gateway.get("/orders/trashed").body()).doesNotContain("\"" + order + "\"");
    }

    @Test
    void itemThatTheUpstreamRestoredItselfIsRestored() {
        String order = trashedOrder();
        upstream.set(order, "deleted_at", "null");
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(200);
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
    }

    @Test
    void restoreThatMeetsAnotherIsAConflict() throws Exception {
        String order = trashedOrder();
        Sinks.Empty<Void> held = Sinks.empty();
        var writing = new CountDownLatch(1);
        upstream.on("PATCH", order, (request, well) -> {
            writing.countDown();
            return held.asMono().then(Mono.fromSupplier(well));
        });
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> gateway.post(order + ":undelete"));
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(409);
        assertThat(gateway.delete(order + "?permanent=true").statusCode()).isEqualTo(409);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
        held.tryEmitEmpty();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
    }

    @Test
    void itemThatChangesBeforeItIsReplacedKeepsTheChange() {
        String item = upstream.create("/replaced", "{\"name\":\"old\",\"trashed\":false}");
        gateway.delete(item);
        upstream.on("PUT", item, (request, well) -> {
            upstream.behave("PUT", item);
            upstream.set(item, "name", "\"new\"");
            return Mono.just(well.get());
        });
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.item(item))
                .hasValueSatisfying(json -> assertThat(json).contains("\"name\":\"new\"", "\"trashed\":false"));
    }

    @Test
    void clientsConditionGoesWithTheMarker() {
        String order = trashedOrder();
        assertThat(gateway.post(order + ":undelete", "If-Match", "\"stale\"").statusCode())
                .isEqualTo(412);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void statusThatNobodyKnowsHasToBeStated() {
        String item = upstream.create("/states", "{\"state\":\"archived\"}");
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(409);
        String trashed = item.replace("/states/", "/states/trashed/");
        assertThat(patch(trashed, "{\"state\":\"archived\"}").statusCode()).isEqualTo(422);
        assertThat(patch(trashed, "{\"state\":\"active\",\"name\":\"x\"}").statusCode())
                .isEqualTo(422);
        assertThat(patch(trashed, "{\"state\":\"active\"}").statusCode()).isEqualTo(200);
        assertThat(upstream.item(item))
                .hasValueSatisfying(json -> assertThat(json).contains("active"));
    }

    @Test
    void statusThatThePolicyNamesIsWritten() {
        String item = upstream.create("/fixed", "{\"state\":\"archived\"}");
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.item(item))
                .hasValueSatisfying(json -> assertThat(json).contains("active"));
    }

    private HttpResponse<String> patch(String path, String body) {
        return gateway.send("PATCH", path, body, "Content-Type", "application/json");
    }

    private String trashedOrder() {
        String order = upstream.create("/orders", "{\"price\":1.10,\"deleted_at\":null}");
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        return order;
    }
}
