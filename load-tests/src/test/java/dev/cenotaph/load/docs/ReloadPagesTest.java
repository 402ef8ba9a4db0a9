package dev.cenotaph.load.docs;

import dev.cenotaph.gateway.reload.PolicyReload;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command of {@code docs/reload.md} and {@code docs/safety.md}. */
class ReloadPagesTest {
    private static final String ORDERS = """
            version: 1
            upstream: http://localhost:%d
            resources:
              orders:
                path: /api/orders
                marker: { timestamp: deleted_at }
            """;

    static final String RELOAD = "docs/reload.md";
    static final String SHADOW = "docs/safety.md";

    private final ItemUpstream upstream = new ItemUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void brokenFileIsToldAsThePageShows() throws Exception {
        String policy = ORDERS.formatted(upstream.port());
        try (TestGateway gateway = TestGateway.with(policy, "cenotaph.reload.enabled=false")) {
            Files.writeString(gateway.policies().resolve("test.yaml"), policy.replace("timestamp:", "timestmp:"));
            gateway.bean(PolicyReload.class).look();
            run(RELOAD, gateway);
        }
    }

    @Test
    void shadowCountsAsThePageShows() {
        for (int id = 1; id <= 7; id++) {
            upstream.create("/api/orders", "{\"deleted_at\":" + (id <= 2 ? "\"2026-11-22T07:00:00Z\"" : "null") + "}");
        }
        try (TestGateway gateway = TestGateway.with(ORDERS.formatted(upstream.port()), "cenotaph.mode=shadow")) {
            gateway.get("/api/orders");
            gateway.delete("/api/orders/7");
            run(SHADOW, gateway);
        }
    }

    private static void run(String page, TestGateway gateway) {
        var curl = new Curl(Map.of("localhost:8081", "localhost:" + gateway.managementPort()));
        Page.read(Page.ROOT.resolve(page)).blocks().stream()
                .flatMap(block -> Command.of(block).stream())
                .filter(command -> command.program().equals("curl"))
                .forEach(curl::run);
    }
}
