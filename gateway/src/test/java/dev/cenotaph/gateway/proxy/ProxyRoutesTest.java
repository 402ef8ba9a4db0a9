package dev.cenotaph.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import org.junit.jupiter.api.Test;

/** The proxy's own routes. */
class ProxyRoutesTest {
    private static final String ORDERS = "orders: { path: /api/orders, marker: { timestamp: deleted_at } }";

    @Test
    void policiesActEvenWhereNotEveryRouteIsGoverned() {
        try (var upstream = StubUpstream.answering(request -> Reply.json("{\"id\":7,\"deleted_at\":null}"));
                var gateway = TestGateway.with(TestGateway.policy(upstream.port(), ORDERS), "cenotaph.global=false")) {
            gateway.delete("/api/orders/7");
            assertThat(upstream.calls()).contains("PATCH /api/orders/7").noneMatch(call -> call.startsWith("DELETE"));
        }
    }

    @Test
    void aLoneUpstreamHasEverything() {
        try (var upstream = StubUpstream.answering(request -> Reply.status(204));
                var fallback = StubUpstream.answering(request -> Reply.status(202));
                var gateway = TestGateway.with(
                        TestGateway.policy(upstream.port(), ORDERS),
                        "cenotaph.default-upstream=http://localhost:" + fallback.port())) {
            assertThat(gateway.get("/api/orders/7/lines").statusCode()).isEqualTo(204);
            assertThat(gateway.get("/api/other").statusCode()).isEqualTo(204);
        }
    }
}
