package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** An upstream that does not answer in time: 504 with a problem. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamTimeoutTest {
    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }"),
                "cenotaph.upstream.timeout=1s",
                "cenotaph.store.lease=1s",
                "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void markerThatHangsIsNoDeletion() {
        String order = order();
        hang("PATCH", order);
        assertTimeout(gateway.delete(order), "upstream-timeout");
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
        upstream.behave("PATCH", order);
        // It may still arrive, until the lease is over.
        await().until(() -> gateway.delete(order).statusCode() == 204);
    }

    @Test
    void markerThatTookEffectWhileTheAnswerHangsIsADeletion() {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.never();
        });
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void readThatHangsWritesNothing() {
        String order = order();
        hang("GET", order);
        assertTimeout(gateway.delete(order), "upstream-timeout");
        assertThat(upstream.methods(order)).containsExactly("GET");
    }

    @Test
    void restoreThatHangsLeavesTheItemInTheTrash() {
        String order = order();
        gateway.delete(order);
        hang("PATCH", order);
        assertTimeout(gateway.post(order + ":undelete"), "upstream-timeout");
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void permanentDeleteThatHangsLeavesTheItemInTheTrash() {
        String order = order();
        gateway.delete(order);
        hang("DELETE", order);
        assertTimeout(gateway.delete(order + "?permanent=true"), "upstream-timeout");
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/never", "/orders", "/anything"})
    void whatPassesTimesOutAsWell(String path) {
        hang("GET", path);
        assertTimeout(gateway.get(path), "upstream-timeout");
        upstream.behave("GET", path);
    }

    private void hang(String method, String path) {
        upstream.on(method, path, (request, well) -> Mono.never());
    }

    private String order() {
        return upstream.create("/orders", "{\"trashed\":false}");
    }

    private static void assertTimeout(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains(code);
    }
}
