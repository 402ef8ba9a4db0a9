package dev.cenotaph.gateway.proxy;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Off lets everything through, hard deletes too, and says so loudly. */
@ExtendWith(OutputCaptureExtension.class)
class ModeOffTest {
    private static final String TRASHED = "[{\"id\":7,\"deleted_at\":\"2026-11-22T07:00:00Z\"}]";

    private final RawUpstream upstream = RawUpstream.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void gatewayThatIsOffLetsHardDeletesThrough(CapturedOutput log) {
        String policy = policy("orders: { path: /api/orders, marker: { timestamp: deleted_at } }");
        try (TestGateway gateway = TestGateway.with(policy, "cenotaph.mode=off")) {
            passesEverything(gateway);
        }
        assertThat(log).contains("WARN").contains("cenotaph.mode is off");
    }

    @Test
    void fileThatIsOffLetsHardDeletesThrough(CapturedOutput log) {
        String policy = policy("orders: { path: /api/orders, marker: { timestamp: deleted_at } }");
        try (TestGateway gateway = TestGateway.with(policy.replace("resources:", "mode: off\nresources:"))) {
            passesEverything(gateway);
        }
        assertThat(log).contains("WARN").contains("the policy of orders is off");
    }

    @Test
    void resourceThatIsOffLetsHardDeletesThroughAndItsNeighbourNone(CapturedOutput log) {
        String policy = policy("""
                orders: { path: /api/orders, mode: off, marker: { timestamp: deleted_at } }
                notes: { path: /api/notes, marker: { timestamp: deleted_at } }
                """);
        try (TestGateway gateway = TestGateway.with(policy)) {
            passesEverything(gateway);
            assertThat(gateway.get("/api/notes").body()).isEqualTo("[]");
            assertThat(gateway.delete("/api/notes").statusCode()).isEqualTo(405);
        }
        assertThat(log).contains("WARN").contains("the policy of orders is off");
    }

    private String policy(String resources) {
        return TestGateway.policy(upstream.port(), resources);
    }

    private void passesEverything(TestGateway gateway) {
        upstream.behave((asked, wire) -> wire.write(response("200 OK", "Content-Type: application/json\r\n", TRASHED)));
        assertThat(gateway.delete("/api/orders/7?permanent=x", "X-HTTP-Method-Override", "PUT")
                        .body())
                .isEqualTo(TRASHED);
        assertThat(upstream.lastAsked().line()).isEqualTo("DELETE /api/orders/7?permanent=x HTTP/1.1");
        assertThat(upstream.lastAsked().header("X-HTTP-Method-Override")).containsExactly("PUT");
        assertThat(gateway.get("/api/orders", "Accept-Encoding", "br").body()).isEqualTo(TRASHED);
        assertThat(upstream.lastAsked().header("Accept-Encoding")).containsExactly("br");
        assertThat(gateway.get("/api/orders?with_trashed=odd").statusCode()).isEqualTo(200);
        assertThat(gateway.delete("/api/orders").statusCode()).isEqualTo(200);
        assertThat(gateway.get("//api/orders/7").statusCode()).isEqualTo(200);
        assertThat(upstream.asked().stream().map(RawUpstream.Asked::uri))
                .contains("/api/orders?with_trashed=odd", "//api/orders/7");
    }
}
