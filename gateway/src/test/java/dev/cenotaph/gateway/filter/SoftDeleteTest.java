package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thin path: one item, trashed and brought back. */
class SoftDeleteTest {
    private final AtomicReference<String> order =
            new AtomicReference<>("{\"id\":7,\"price\":1.10,\"deleted_at\":null}");
    private final StubUpstream upstream = StubUpstream.answering(this::answer);
    private final TestGateway gateway = TestGateway.with(
            TestGateway.policy(upstream.port(), "orders: { path: /api/orders, marker: { timestamp: deleted_at } }"));

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void deletedItemIsGoneAndComesBackAsItWas() {
        String before = order.get();
        assertThat(gateway.delete("/api/orders/7").statusCode()).isEqualTo(204);
        assertThat(gateway.get("/api/orders/7").statusCode()).isEqualTo(410);
        assertThat(gateway.get("/api/orders").body()).isEqualTo("[]");
        assertThat(gateway.get("/api/orders/7?with_trashed=true").statusCode()).isEqualTo(200);
        assertThat(gateway.post("/api/orders/7:undelete").body()).isEqualTo(before);
        assertThat(gateway.get("/api/orders/7").body()).isEqualTo(before);
        assertThat(upstream.calls()).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void restartForgetsNothing() {
        gateway.delete("/api/orders/7");
        gateway.restart();
        upstream.forgetCalls();
        assertThat(gateway.get("/api/orders/7").statusCode()).isEqualTo(410);
        assertThat(upstream.calls()).isEmpty();
    }

    private Reply answer(Received request) {
        if (request.uri().equals("/api/orders")) {
            return Reply.json("[" + order.get() + "]");
        }
        if (request.method().equals("PATCH")) {
            String value = request.body()
                    .substring("{\"deleted_at\":".length(), request.body().length() - 1);
            order.set("{\"id\":7,\"price\":1.10,\"deleted_at\":" + value + "}");
        }
        return Reply.json(order.get());
    }
}
