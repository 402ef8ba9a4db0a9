package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A client that does not know what became of its request sends it again with the same {@code Idempotency-Key}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyKeyTest {
    private static final String KEY = "Idempotency-Key";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @SuppressWarnings("NullAway.Init")
    private String order;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { timestamp: deleted_at } }"),
                "cenotaph.store.lease=2s");
    }

    @BeforeEach
    void create() {
        order = upstream.create("/orders", "{\"deleted_at\":null}");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void deleteIsAnsweredAsTheFirstTime() {
        HttpResponse<String> first = gateway.delete(order, KEY, "a");
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();

        HttpResponse<String> second = gateway.delete(order, KEY, "a");
        assertThat(second.statusCode()).isEqualTo(204);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Cenotaph-Deletion-Id"))
                .isEqualTo(first.headers().firstValue("Cenotaph-Deletion-Id"))
                .isPresent();
        assertThat(upstream.methods(order)).containsOnlyOnce("PATCH");
        assertThat(gateway.delete(order).statusCode()).isEqualTo(410);
    }

    @Test
    void restoreIsAnsweredAsTheFirstTimeAlthoughTheItemIsTrashedAgain() {
        gateway.delete(order);
        HttpResponse<String> first = gateway.post(order + ":undelete", KEY, "r");
        assertThat(first.statusCode()).isEqualTo(200);
        gateway.delete(order);

        HttpResponse<String> second = gateway.post(order + ":undelete", KEY, "r");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void permanentDeleteIsAnsweredAsTheFirstTime() {
        assertThat(gateway.delete(order + "?permanent=true", KEY, "p").statusCode())
                .isEqualTo(204);
        assertThat(gateway.delete(order + "?permanent=true", KEY, "p").statusCode())
                .isEqualTo(204);
        assertThat(upstream.methods(order)).containsOnlyOnce("DELETE");
    }

    @Test
    void firstAnswerSurvivesARestart() {
        assertThat(gateway.delete(order, KEY, "s").statusCode()).isEqualTo(204);
        gateway.restart();
        assertThat(gateway.delete(order, KEY, "s").statusCode()).isEqualTo(204);
    }

    @Test
    void keyOfAnotherCallerIsAnotherKey() {
        assertThat(gateway.delete(order, KEY, "c", "Authorization", "Bearer alice")
                        .statusCode())
                .isEqualTo(204);
        assertThat(gateway.delete(order, KEY, "c", "Authorization", "Bearer bob")
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void keyOfAnotherRequestIsRefused() {
        assertThat(gateway.delete(order, KEY, "o").statusCode()).isEqualTo(204);
        HttpResponse<String> other = gateway.delete(order + "?permanent=true", KEY, "o");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");
        assertThat(upstream.methods(order)).doesNotContain("DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", ""})
    void keyThatIsNoneIsRefused(String key) {
        assertThat(gateway.delete(order, KEY, key).statusCode()).isEqualTo(400);
        assertThat(upstream.methods(order)).isEmpty();
    }

    @Test
    void keyIsRefusedWhileItsRequestIsUnderWay() throws Exception {
        Sinks.One<Reply> later = Sinks.one();
        var arrived = new CountDownLatch(1);
        upstream.on("PATCH", order, (request, well) -> {
            arrived.countDown();
            return later.asMono().then(Mono.fromSupplier(well));
        });
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> gateway.delete(order, KEY, "w"));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> second = gateway.delete(order, KEY, "w");
        later.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("request-in-progress");
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(order, KEY, "w").statusCode()).isEqualTo(204);
    }

    @Test
    void deleteWhoseOutcomeWasUnknownIsAnsweredAsDoneOnceItIsSettled() {
        upstream.on("PATCH", order, (request, well) -> {
            upstream.on("GET", order, (read, item) -> Mono.just(Reply.RESET));
            return Mono.fromSupplier(well).thenReturn(Reply.RESET);
        });
        assertThat(gateway.delete(order, KEY, "u").statusCode()).isEqualTo(504);
        upstream.behave("GET", order);
        ItemKey key = new ItemKey("orders", List.of(), order.substring(order.lastIndexOf('/') + 1));
        await().atMost(PATIENCE).until(() -> gateway.bean(Tombstones.class).isTrashed(key));

        HttpResponse<String> again = gateway.delete(order, KEY, "u");
        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(upstream.methods(order)).containsOnlyOnce("PATCH");
    }

    @Test
    void restoreWhoseOutcomeWasUnknownIsAnsweredAsDoneOnceItIsSettled() {
        gateway.delete(order);
        upstream.on("PATCH", order, (request, well) -> {
            upstream.on("GET", order, (read, item) -> Mono.just(Reply.RESET));
            return Mono.fromSupplier(well).thenReturn(Reply.RESET);
        });
        assertThat(gateway.post(order + ":undelete", KEY, "v").statusCode()).isEqualTo(502);
        upstream.behave("GET", order);
        await().atMost(PATIENCE).until(() -> gateway.get(order).statusCode() == 200);

        assertThat(gateway.post(order + ":undelete", KEY, "v").statusCode()).isEqualTo(200);
        assertThat(gateway.post(order + ":undelete").statusCode()).isEqualTo(409);
    }
}
