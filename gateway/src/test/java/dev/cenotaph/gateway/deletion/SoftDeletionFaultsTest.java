package dev.cenotaph.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Upstreams that fail, lie or dawdle while an item is trashed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoftDeletionFaultsTest {
    private static final String POLICIES = """
            orders: { path: /orders, marker: { timestamp: deleted_at } }
            checked: { path: /checked, marker: { flag: trashed }, write: { verify: read } }
            replaced: { path: /replaced, marker: { flag: trashed }, write: { method: PUT } }
            matched: { path: /matched, marker: { flag: trashed }, write: { exists: if-match } }
            trusted: { path: /trusted, marker: { flag: trashed }, write: { exists: trust } }
            shown: { path: /shown, marker: { flag: trashed }, answers: { delete: 200 } }
            accepted: { path: /accepted, marker: { flag: trashed }, answers: { delete: 202 } }
            quiet: { path: /quiet, marker: { flag: trashed }, answers: { repeat: 204, gone: 404 } }
            states: { path: /states, marker: { status: { field: state, trashed: archived } } }
            kits:
              path: /kits
              marker: { extension: { resource: "/kits/{id}/fields", key: deleted, value: timestamp } }
              answers: { delete: 200 }
            """;

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), POLICIES),
                "cenotaph.store.lease=2s",
                "cenotaph.recovery.interval=100ms");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void markerDroppedFromTheEchoIsNoDeletion() {
        String order = order();
        upstream.on(
                "PATCH",
                order,
                (request, well) -> Mono.just(Reply.json(upstream.item(order).orElseThrow())));
        assertNotApplied(order, gateway.delete(order));
    }

    @Test
    void markerDroppedBehindAnAnswerWithoutABodyIsNoDeletion() {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> Mono.just(Reply.status(204)));
        assertNotApplied(order, gateway.delete(order));
    }

    @Test
    void markerThatIsShownButNotKeptIsNoDeletion() {
        String item = upstream.create("/checked", "{\"trashed\":false}");
        upstream.on("PATCH", item, (request, well) -> Mono.just(Reply.json("{\"id\":1,\"trashed\":true}")));
        assertNotApplied(item, gateway.delete(item));
    }

    @ParameterizedTest
    @CsvSource({"500,502", "503,503", "405,502", "415,502", "422,502", "301,502", "400,502"})
    void refusedMarkerIsNamedAndLeavesNothing(int upstreamStatus, int status) {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> Mono.just(Reply.status(upstreamStatus)));
        HttpResponse<String> refused = gateway.delete(order);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).contains("marker-write-refused", "\"upstream_status\":" + upstreamStatus);
        assertLive(order);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 409, 423, 429})
    void whatTheCallerMayNotDoIsAnsweredAsItIs(int status) {
        String order = order();
        upstream.on(
                "PATCH",
                order,
                (request, well) ->
                        Mono.just(Reply.json("\"no\"").as(status).with("WWW-Authenticate", "Basic realm=\"shop\"")));
        HttpResponse<String> refused = gateway.delete(order, "Authorization", "Basic eA==");
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo("\"no\"");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"shop\"");
        assertThat(upstream.received(order))
                .allMatch(call -> call.header("Authorization").equals(java.util.Optional.of("Basic eA==")));
        assertLive(order);
    }

    @ParameterizedTest
    @CsvSource({"401,401", "403,403", "500,502", "503,503", "301,502", "206,502"})
    void itemThatCannotBeReadIsNotWritten(int upstreamStatus, int status) {
        String order = order();
        upstream.on("GET", order, (request, well) -> Mono.just(Reply.status(upstreamStatus)));
        assertThat(gateway.delete(order).statusCode()).isEqualTo(status);
        assertThat(upstream.methods(order)).containsExactly("GET");
        upstream.behave("GET", order);
        assertLive(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "", "7"})
    void itemThatIsNoObjectIsNotWritten(String body) {
        String item = upstream.create("/replaced", "{\"trashed\":false}");
        upstream.on("GET", item, (request, well) -> Mono.just(Reply.json(body)));
        HttpResponse<String> refused = gateway.delete(item);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(502);
        assertThat(upstream.methods(item)).containsOnly("GET");
    }

    @Test
    void errorAfterTheMarkerTookEffectIsADeletion() {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.just(Reply.status(500));
        });
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        assertTrashed(order);
    }

    @Test
    void connectionThatBreaksAfterTheMarkerTookEffectIsSettledByReading() {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.just(Reply.RESET);
        });
        assertThat(gateway.delete(order).statusCode()).isEqualTo(204);
        assertThat(upstream.methods(order)).containsExactly("GET", "PATCH", "GET");
        assertTrashed(order);
    }

    @Test
    void connectionThatBreaksBeforeTheMarkerTookEffectLeavesTheItemLive() {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> Mono.just(Reply.RESET));
        HttpResponse<String> broken = gateway.delete(order);
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(broken.body()).contains("upstream-broken");
        assertLive(order);
        upstream.behave("PATCH", order);
        // What was sent may still arrive, until the lease is over.
        assertThat(gateway.delete(order).statusCode()).isEqualTo(409);
        await().until(() -> gateway.delete(order).statusCode() == 204);
    }

    @Test
    void unknownOutcomeIsNeverGuessed() {
        String order = order();
        upstream.on("PATCH", order, (request, well) -> {
            upstream.on("GET", order, (again, shown) -> Mono.just(Reply.RESET));
            return Mono.just(Reply.RESET);
        });
        HttpResponse<String> unknown = gateway.delete(order);
        assertThat(unknown.statusCode()).isEqualTo(504);
        assertThat(unknown.body()).contains("outcome-unknown");
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
        upstream.behave("GET", order);
        upstream.behave("PATCH", order);
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
        assertThat(gateway.delete(order).statusCode()).isEqualTo(409);
        await().until(() -> gateway.delete(order).statusCode() == 204);
        assertThat(upstream.item(order).orElseThrow()).contains("\"deleted_at\":\"");
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void itemThatChangesBeforeItIsReplacedKeepsTheChange() {
        String item = upstream.create("/replaced", "{\"name\":\"old\",\"trashed\":false}");
        var changed = new AtomicBoolean();
        upstream.on("PUT", item, (request, well) -> {
            if (changed.compareAndSet(false, true)) {
                upstream.set(item, "name", "\"new\"");
            }
            return Mono.just(well.get());
        });
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(upstream.methods(item)).containsExactly("GET", "PUT", "GET", "PUT");
        assertThat(upstream.item(item))
                .hasValueSatisfying(json -> assertThat(json).contains("\"name\":\"new\"", "\"trashed\":true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"other\", <tag>", "<tag>"})
    void clientsConditionDoesNotLiftOurs(String condition) {
        String item = upstream.create("/replaced", "{\"name\":\"old\",\"trashed\":false}");
        String tag = gateway.get(item).headers().firstValue("ETag").orElseThrow();
        upstream.on("PUT", item, (request, well) -> {
            upstream.set(item, "name", "\"new\"");
            return Mono.just(well.get());
        });
        HttpResponse<String> lost = gateway.delete(item, "If-Match", condition.replace("<tag>", tag));
        assertThat(lost.statusCode()).isEqualTo(412);
        assertThat(upstream.item(item))
                .hasValueSatisfying(json -> assertThat(json).contains("\"name\":\"new\"", "\"trashed\":false"));
        assertLive(item);
    }

    @Test
    void clientsConditionGoesWithTheMarker() {
        String order = order();
        assertThat(gateway.delete(order, "If-Match", "\"stale\"").statusCode()).isEqualTo(412);
        assertLive(order);
        String tag = gateway.get(order).headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.delete(order, "If-Match", tag).statusCode()).isEqualTo(204);
        assertThat(upstream.received(order).getLast().header("If-Match")).contains(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/replaced", "/matched", "/trusted"})
    void unknownIdIsNotFoundAndNotCreated(String collection) {
        String never = collection + "/999999";
        assertThat(gateway.delete(never).statusCode()).isEqualTo(404);
        assertThat(upstream.item(never)).isEmpty();
        assertThat(upstream.methods(never)).doesNotContain("DELETE");
    }

    @Test
    void existingItemIsTrashedWithoutBeingReadFirst() {
        String item = upstream.create("/matched", "{\"trashed\":false}");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(upstream.methods(item)).containsExactly("PATCH");
        assertThat(upstream.received(item).getFirst().header("If-Match")).contains("*");
    }

    @Test
    void deleteThatMeetsAnotherIsAConflictAndNoSecondDeletion() throws Exception {
        String order = order();
        Sinks.Empty<Void> held = Sinks.empty();
        var writing = new CountDownLatch(1);
        upstream.on("PATCH", order, (request, well) -> {
            writing.countDown();
            return held.asMono().then(Mono.fromSupplier(well));
        });
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> gateway.delete(order));
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> second = gateway.delete(order);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertThat(gateway.get(order).statusCode()).isEqualTo(200);
        held.tryEmitEmpty();
        HttpResponse<String> deleted = first.get(10, TimeUnit.SECONDS);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(upstream.methods(order)).containsOnlyOnce("PATCH");
        String time = deleted.headers().firstValue("Cenotaph-Deleted-At").orElseThrow();
        assertThat(gateway.delete(order).headers().firstValue("Cenotaph-Deleted-At"))
                .contains(time);
    }

    /** I3: a 2xx says that the tombstone is durable; here another DELETE's is not yet. */
    @Test
    void deleteThatSeesAnothersMarkerDoesNotClaimItsSuccess() throws Exception {
        String item = upstream.create("/quiet", "{\"trashed\":false}");
        Sinks.Empty<Void> held = Sinks.empty();
        var written = new CountDownLatch(1);
        upstream.on("PATCH", item, (request, well) -> {
            Reply reply = well.get();
            written.countDown();
            return held.asMono().thenReturn(reply);
        });
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> gateway.delete(item));
        assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.delete(item).statusCode()).isEqualTo(409);
        held.tryEmitEmpty();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    }

    @Test
    void clientThatLeavesDoesNotLeaveAHalfDoneDelete() throws IOException, InterruptedException {
        String order = order();
        Sinks.Empty<Void> held = Sinks.empty();
        var writing = new CountDownLatch(1);
        upstream.on("PATCH", order, (request, well) -> {
            writing.countDown();
            return held.asMono().then(Mono.fromSupplier(well));
        });
        try (var socket = new Socket("localhost", gateway.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("DELETE " + order + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        }
        // By these answers the gateway has seen that the other client is gone.
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.get(order).statusCode()).isEqualTo(200);
        }
        held.tryEmitEmpty();
        await().untilAsserted(() -> assertThat(gateway.get(order).statusCode()).isEqualTo(410));
    }

    @Test
    void deletionIsAnsweredWithTheItem() {
        String item = upstream.create("/shown", "{\"name\":\"x\",\"trashed\":false}");
        HttpResponse<String> deleted = gateway.delete(item);
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).isEqualTo(upstream.item(item).orElseThrow());
        assertThat(deleted.headers().firstValue("Cenotaph-State")).contains("trashed");
        assertThat(deleted.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void deletionIsAnsweredWithTheItemThoughTheWriteShowedNone() {
        String item = upstream.create("/shown", "{\"name\":\"x\",\"trashed\":false}");
        upstream.on("PATCH", item, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.just(Reply.status(204));
        });
        assertThat(gateway.delete(item).body()).isEqualTo(upstream.item(item).orElseThrow());
    }

    @Test
    void deletionIsAnsweredWithTheItemAndNotWithItsMarker() {
        String item = upstream.create("/kits", "{\"name\":\"x\"}");
        HttpResponse<String> deleted = gateway.delete(item);
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).isEqualTo(upstream.item(item).orElseThrow());
    }

    /** The former status that the tombstone keeps is the one that the marker replaced. */
    @Test
    void statusThatChangesBeforeItIsReplacedIsTheOneThatComesBack() {
        String item = upstream.create("/states", "{\"state\":\"active\"}");
        var changed = new AtomicBoolean();
        upstream.on("PATCH", item, (request, well) -> {
            if (changed.compareAndSet(false, true)) {
                upstream.set(item, "state", "\"blocked\"");
            }
            return Mono.just(well.get());
        });
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
        assertThat(upstream.item(item))
                .hasValueSatisfying(json -> assertThat(json).contains("\"blocked\""));
    }

    @Test
    void deletionIsAnsweredAsAccepted() {
        String item = upstream.create("/accepted", "{\"trashed\":false}");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(202);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
    }

    @Test
    void policyMayHideThatAnItemWasTrashed() {
        String item = upstream.create("/quiet", "{\"trashed\":false}");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
        assertThat(gateway.send("PUT", item, "{}").statusCode()).isEqualTo(404);
        assertThat(upstream.methods(item)).containsExactly("GET", "PATCH");
    }

    @Test
    void itemTrashedByTheUpstreamItselfIsLearnedByADelete() {
        String item = upstream.create("/orders", "{\"deleted_at\":\"2024-05-06T07:08:09Z\"}");
        HttpResponse<String> repeated = gateway.delete(item);
        assertThat(repeated.statusCode()).isEqualTo(410);
        assertThat(repeated.headers().firstValue("Cenotaph-Deleted-At")).contains("2024-05-06T07:08:09Z");
        assertThat(upstream.methods(item)).containsExactly("GET");
    }

    private String order() {
        return upstream.create("/orders", "{\"price\":1.10,\"deleted_at\":null}");
    }

    private void assertNotApplied(String item, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("marker-not-applied");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertLive(item);
    }

    private void assertLive(String item) {
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(409);
        assertThat(gateway.get(item.substring(0, item.lastIndexOf('/')) + "/trashed")
                        .body())
                .doesNotContain("\"" + item + "\"");
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
    }

    private void assertTrashed(String item) {
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(upstream.item(item)).isPresent();
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
    }
}
