package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TcpProxy;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.testing.TestPostgres;
import dev.cenotaph.gateway.tombstone.Tombstones;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** PostgreSQL is gone for a while, in the midst of deletes. */
class PostgresOutageTest {
    private static final int CLIENTS = 4;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private volatile boolean over;

    @Test
    void noAcknowledgedDeleteIsLostAndItRecoversByItself() throws Exception {
        try (ItemUpstream upstream = new ItemUpstream();
                TcpProxy way = new TcpProxy(TestPostgres.port());
                TestGateway gateway = TestGateway.with(
                        TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }"),
                        "cenotaph.store.url=" + TestPostgres.through(way, TestPostgres.url("outage")),
                        "cenotaph.store.staleness=2s")) {
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int client = 0; client < CLIENTS; client++) {
                    clients.execute(() -> deleteOneAfterAnother(upstream, gateway));
                }
                await().atMost(SOON).until(() -> acknowledged() > 20);
                way.cut();
                await().atMost(SOON).until(() -> answers.containsValue(503));
                await().atMost(SOON).until(() -> !gateway.bean(Tombstones.class).isCurrent());
                way.heal();
                long before = acknowledged();
                await().atMost(SOON).until(() -> acknowledged() > before + 20);
                over = true;
            }

            await().atMost(SOON).until(() -> gateway.bean(Tombstones.class).isCurrent());
            answers.forEach((item, status) -> {
                assertThat(upstream.methods(item)).doesNotContain("DELETE");
                if (status == 204) {
                    assertThat(gateway.get(item).statusCode()).as(item).isEqualTo(410);
                    assertThat(upstream.item(item).orElseThrow()).contains("\"trashed\":true");
                }
            });
            assertThat(Set.copyOf(answers.values())).containsOnly(204, 503);
        }
    }

    private void deleteOneAfterAnother(ItemUpstream upstream, TestGateway gateway) {
        while (!over) {
            String item = upstream.create("/orders", "{\"trashed\":false}");
            answers.put(item, gateway.delete(item).statusCode());
        }
    }

    private long acknowledged() {
        return answers.values().stream().filter(status -> status == 204).count();
    }
}
