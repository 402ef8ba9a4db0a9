package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that is down: what needs it is 503, what memory knows is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreUnavailableTest {
    private static final String LIVE = "/orders/1";
    private static final String TRASHED = "/orders/2";
    private static final String POLICIES = "orders: { path: /orders, marker: { flag: trashed } }";

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));
        upstream.create("/orders", "{\"trashed\":false}");
        upstream.create("/orders", "{\"trashed\":false}");
        assertThat(gateway.delete(TRASHED).statusCode()).isEqualTo(204);
        gateway.bean(StoredTombstones.class).close();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /orders/1",
        "DELETE, /orders/1?permanent=true",
        "DELETE, /orders/2?permanent=true",
        "POST,   /orders/2:undelete",
        "GET,    /orders/trashed"
    })
    void whatNeedsItIsA503AndTheUpstreamIsNotWritten(String method, String path) {
        HttpResponse<String> answer = gateway.send(method, path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("store-unavailable");
        assertThat(upstream.methods(LIVE)).containsOnly("GET");
        assertThat(upstream.methods(TRASHED)).containsOnlyOnce("PATCH").doesNotContain("DELETE");
    }

    @Test
    void clientsOwnSoftDeleteIsNotForwarded() {
        String item = upstream.create("/orders", "{\"trashed\":false}");
        HttpResponse<String> answer =
                gateway.send("PATCH", item, "{\"trashed\":true}", "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(upstream.methods(item)).containsExactly("GET");
        upstream.remove(item);
    }

    @Test
    void whatMemoryKnowsIsAnswered() {
        assertThat(gateway.get(TRASHED).statusCode()).isEqualTo(410);
        assertThat(gateway.delete(TRASHED).statusCode()).isEqualTo(410);
        assertThat(gateway.get(LIVE).statusCode()).isEqualTo(200);
        assertThat(gateway.get("/orders").body()).contains("\"id\":1,").doesNotContain("\"id\":2,");
        assertThat(gateway.get(TRASHED + "?with_trashed=true").statusCode()).isEqualTo(200);
    }

    @Test
    void itemThatTheUpstreamTrashedItselfIsGoneThoughItCannotBeLearned() {
        String item = upstream.create("/orders", "{\"trashed\":true}");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        upstream.remove(item);
    }
}
