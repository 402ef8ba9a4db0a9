package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Clients that trash, restore and update one item at once, at upstreams with and without entity tags. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossingWritesTest {
    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
                orders: { path: /orders, marker: { timestamp: deleted_at } }
                notes: { path: /notes, marker: { flag: trashed }, write: { method: PUT } }
                """));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/notes"})
    void deleteComesSecondWhileAnUpdateIsOnItsWay(String collection) throws Exception {
        String item = upstream.create(collection, "{\"text\":\"old\"}");
        try (var update = new Slow("PUT", item)) {
            CompletableFuture<HttpResponse<String>> updated = update.begin(
                    () -> gateway.send("PUT", item, "{\"text\":\"new\"}", "Content-Type", "application/json"));
            assertThat(gateway.delete(item).statusCode()).isEqualTo(409);
            update.goOn();
            assertThat(updated.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(upstream.item(item).orElseThrow()).contains("\"text\":\"new\"");
    }

    @Test
    void updateComesSecondWhileADeleteIsOnItsWay() throws Exception {
        String item = upstream.create("/orders", "{\"text\":\"old\"}");
        try (var deletion = new Slow("PATCH", item)) {
            CompletableFuture<HttpResponse<String>> deleted = deletion.begin(() -> gateway.delete(item));
            HttpResponse<String> update =
                    gateway.send("PUT", item, "{\"text\":\"new\"}", "Content-Type", "application/json");
            assertThat(update.statusCode()).isEqualTo(409);
            assertThat(update.body()).contains("change-in-progress");
            deletion.goOn();
            assertThat(deleted.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        }
        assertThat(gateway.send("PUT", item, "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(410);
        assertThat(upstream.item(item).orElseThrow()).contains("\"text\":\"old\"", "deleted_at");
    }

    /** Every update that was acknowledged is in the item, and the item is as trashed as the last acknowledged change says. */
    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/notes"})
    void noAcknowledgedChangeIsLostAmongManyAtOnce(String collection) throws Exception {
        for (int round = 0; round < 10; round++) {
            String item = upstream.create(collection, "{\"text\":\"0\"}");
            List<CompletableFuture<List<String>>> clients = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                String name = "c" + client;
                clients.add(CompletableFuture.supplyAsync(() -> client(item, name), Thread::startVirtualThread));
            }
            List<String> acknowledged = new ArrayList<>();
            for (CompletableFuture<List<String>> client : clients) {
                acknowledged.addAll(client.get(60, TimeUnit.SECONDS));
            }
            String kept = upstream.item(item).orElseThrow();
            assertThat(acknowledged).allSatisfy(member -> assertThat(kept).contains(member));
            boolean trashed = gateway.get(item).statusCode() == 410;
            assertThat(kept.contains("\"trashed\":true") || kept.contains("\"deleted_at\":\""))
                    .as(kept)
                    .isEqualTo(trashed);
        }
    }

    /** Updates by PATCH, each with a member of its own, among deletes and restores. */
    private List<String> client(String item, String name) {
        List<String> acknowledged = new ArrayList<>();
        for (int step = 0; step < 8; step++) {
            int what = ThreadLocalRandom.current().nextInt(4);
            if (what == 0) {
                gateway.delete(item);
            } else if (what == 1) {
                gateway.post(item + ":undelete");
            } else {
                String member = "\"" + name + "-" + step + "\":1";
                int status = gateway.send(
                                "PATCH", item, "{" + member + "}", "Content-Type", "application/merge-patch+json")
                        .statusCode();
                assertThat(status).isIn(200, 409, 410, 412);
                if (status == 200) {
                    acknowledged.add(member);
                }
            }
        }
        return acknowledged;
    }

    /** Requests of one kind that reach the upstream and wait there. */
    private final class Slow implements AutoCloseable {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final Sinks.One<Reply> gate = Sinks.one();
        private final String method;
        private final String item;

        Slow(String method, String item) {
            this.method = method;
            this.item = item;
            upstream.on(method, item, (request, well) -> {
                arrived.countDown();
                return gate.asMono().then(Mono.fromSupplier(well));
            });
        }

        CompletableFuture<HttpResponse<String>> begin(Supplier<HttpResponse<String>> request)
                throws InterruptedException {
            var answer = CompletableFuture.supplyAsync(request);
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            return answer;
        }

        void goOn() {
            gate.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }

        @Override
        public void close() {
            upstream.behave(method, item);
        }
    }
}
