package dev.cenotaph.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"direct", "chain"})
    void upstreamGetsTheHostThatTheClientNamedWherePreserved(String forwarding) {
        var hosts = new CopyOnWriteArrayList<String>();
        try (var upstream = StubUpstream.answering(request -> {
                    hosts.add(request.method() + " " + request.header("Host").orElse("none"));
                    return Reply.json("{\"id\":7,\"deleted_at\":null}");
                });
                var own = gateway(upstream, forwarding, false);
                var preserving = gateway(upstream, forwarding, true)) {
            own.get("/api/other");
            preserving.get("/api/other");
            preserving.get("/api/orders/7");
            preserving.delete("/api/orders/7");

            String client = "localhost:" + preserving.port();
            assertThat(hosts)
                    .startsWith("GET localhost:" + upstream.port(), "GET " + client, "GET " + client)
                    .contains("PATCH " + client)
                    .filteredOn(host -> host.endsWith(client))
                    .hasSize(hosts.size() - 1);
        }
    }

    private static TestGateway gateway(StubUpstream upstream, String forwarding, boolean preservesHost) {
        return TestGateway.with(
                TestGateway.policy(upstream.port(), ORDERS),
                "cenotaph.forwarding=" + forwarding,
                "cenotaph.upstream.preserve-host=" + preservesHost);
    }
}
