package dev.cenotaph.gateway.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.rebuild.Rebuild.Start;
import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.RebuildProgress;
import dev.cenotaph.gateway.tombstone.RebuildProgress.Seen;
import dev.cenotaph.gateway.tombstone.RebuildProgress.State;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists walked at a real upstream. */
class RebuildTest {
    private static final String POLICIES = """
            orders:
              path: /orders
              marker: { timestamp: deleted_at }
              list: { items: /data, next: /next }
              retention: P30D
            notes: { path: "/users/{user}/notes", marker: { flag: trashed } }
            parts: { path: /parts, marker: { extension: { resource: "/parts/{id}/f", key: k, value: "1" } } }
            """;

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final StubUpstream upstream =
            StubUpstream.answering(request -> replies.getOrDefault(request.uri(), Reply.status(404)));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void everyPageIsReadAndEveryRowBelieved() {
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=1000")) {
            page("/orders", "/orders?page=2", "{\"id\":1,\"deleted_at\":null}", trashed("2", "2001-02-03T04:05:06Z"));
            page("/orders?page=2", "?page=3", trashed("3", "2020-01-01T00:00:00Z"));
            page("/orders?page=3", "", "{\"id\":4,\"deleted_at\":null}", "{\"id\":5,\"deleted_at\":\"\"}");
            assertThat(begin(gateway, "orders")).isInstanceOf(Start.Started.class);
            RebuildProgress done = finished(gateway, "orders");
            assertThat(done.state()).as(done.toString()).isEqualTo(State.DONE);
            assertThat(done.seen()).isEqualTo(new Seen(3, 2, 3, 0, 2));
            assertThat(trashed(gateway, "1", "2", "3", "4", "5")).containsExactly("2", "3");
            assertThat(upstream.received())
                    .extracting(call -> call.header("Authorization").orElse(""))
                    .containsOnly("Bearer of-the-rebuild");
            Tombstone learned =
                    tombstones(gateway).find(order("2")).blockOptional().orElseThrow();
            assertThat(learned.deleteTime()).isEqualTo("2001-02-03T04:05:06Z");
            assertThat(learned.purgeTime().orElseThrow()).isAfter(Instant.now().plus(Duration.ofDays(29)));
        }
    }

    @Test
    void itemSeenLiveIsNoLongerGone() {
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=1000")) {
            replies.put("/orders/1", Reply.json(trashed("1", "2020-01-01T00:00:00Z")));
            assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(410);
            page("/orders", "", "{\"id\":1,\"deleted_at\":null}");
            begin(gateway, "orders");
            assertThat(finished(gateway, "orders").seen()).isEqualTo(new Seen(1, 0, 1, 0, 1));
            replies.put("/orders/1", Reply.json("{\"id\":1,\"deleted_at\":null}"));
            assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nestedCollectionIsReadAtItsParents() {
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=1000")) {
            replies.put(
                    "/users/ada%20l/notes", Reply.json("[{\"id\":7,\"trashed\":true},{\"id\":8,\"trashed\":false}]"));
            rebuild(gateway).begin(policy(gateway, "notes"), List.of("ada l"));
            Awaitility.await()
                    .until(() -> progress(gateway, "notes", List.of("ada l")).state() == State.DONE);
            assertThat(tombstones(gateway).isTrashed(new ItemKey("notes", List.of("ada l"), "7")))
                    .isTrue();
            assertThat(tombstones(gateway).isTrashed(new ItemKey("notes", List.of("other"), "7")))
                    .isFalse();
        }
    }

    @Test
    void whereRowsDoNotShowTheMarkerTheItemsAreRead() {
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=1000")) {
            replies.put("/parts", Reply.json("[{\"id\":1},{\"id\":2},{\"id\":3}]"));
            replies.put("/parts/1", Reply.json("{\"id\":1}"));
            replies.put("/parts/1/f", Reply.json("[{\"id\":9,\"key\":\"k\",\"value\":\"1\"}]"));
            replies.put("/parts/2", Reply.json("{\"id\":2}"));
            replies.put("/parts/2/f", Reply.json("[]"));
            begin(gateway, "parts");
            assertThat(finished(gateway, "parts").seen()).isEqualTo(new Seen(1, 1, 1, 1, 1));
            assertThat(tombstones(gateway).isTrashed(new ItemKey("parts", List.of(), "1")))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 |                                   | the upstream answered 403",
                "200 | <html>                            | not well-formed",
                "200 | {\"other\":[]}                    | data",
                "200 | {\"data\":[{\"name\":\"x\"}]}     | neither marker nor id",
                "200 | {\"data\":[],\"next\":\"http://elsewhere/\"} | another server",
                "200 | {\"data\":[],\"next\":\"/orders\"} | circle",
            })
    void listThatCannotBeReadIsAFailureThatSaysWhy(int status, String body, String why) {
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=1000")) {
            replies.put("/orders", Reply.json(body == null ? "" : body).as(status));
            begin(gateway, "orders");
            RebuildProgress failed = finished(gateway, "orders");
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.failure().orElseThrow()).containsIgnoringCase(why);
        }
    }

    @Test
    void failedRebuildGoesOnWhereItFailed() {
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=1000")) {
            page("/orders", "?page=2", trashed("1", "2020-01-01T00:00:00Z"));
            replies.put("/orders?page=2", Reply.status(500));
            begin(gateway, "orders");
            RebuildProgress failed = finished(gateway, "orders");
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.seen().pages()).isEqualTo(1);
            assertThat(trashed(gateway, "1")).containsExactly("1");
            page("/orders?page=2", "", trashed("2", "2020-01-01T00:00:00Z"));
            upstream.forgetCalls();
            begin(gateway, "orders");
            Awaitility.await()
                    .until(() -> progress(gateway, "orders", List.of()).state() == State.DONE);
            assertThat(progress(gateway, "orders", List.of()).seen()).isEqualTo(new Seen(2, 2, 0, 0, 2));
            assertThat(upstream.received()).extracting(Received::uri).containsExactly("/orders?page=2");
        }
    }

    @Test
    void restartedGatewayGoesOnWhereTheOldOneStood() {
        endless();
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=20")) {
            begin(gateway, "orders");
            Awaitility.await()
                    .until(() -> progress(gateway, "orders", List.of()).seen().pages() >= 3);
            gateway.restart();
            long before = progress(gateway, "orders", List.of()).seen().pages();
            upstream.forgetCalls();
            Awaitility.await().until(() -> !upstream.received().isEmpty());
            assertThat(upstream.received().getFirst().uri()).isNotEqualTo("/orders");
            Awaitility.await()
                    .until(() -> progress(gateway, "orders", List.of()).seen().pages() > before);
            rebuild(gateway).stop(policy(gateway, "orders"), List.of());
        }
    }

    @Test
    void oneAtATimeAndNoFasterThanTheRateUntilItIsStopped() {
        endless();
        try (TestGateway gateway = gateway("cenotaph.rebuild.rate=20")) {
            long begun = System.nanoTime();
            begin(gateway, "orders");
            assertThat(begin(gateway, "orders")).isInstanceOf(Start.Busy.class);
            Awaitility.await()
                    .until(() -> progress(gateway, "orders", List.of()).seen().pages() >= 5);
            Optional<RebuildProgress> stopped = rebuild(gateway).stop(policy(gateway, "orders"), List.of());
            double seconds = (System.nanoTime() - begun) / 1e9;
            assertThat(upstream.received().size()).isLessThanOrEqualTo((int) (20 * seconds) + 2);
            assertThat(stopped).map(RebuildProgress::state).contains(State.STOPPED);
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(300))
                    .until(() -> progress(gateway, "orders", List.of()).state() == State.STOPPED);
            assertThat(begin(gateway, "orders")).isInstanceOf(Start.Started.class);
        }
    }

    @Test
    void withoutCredentialsNothingIsRead() {
        try (TestGateway gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES))) {
            assertThat(begin(gateway, "orders")).isInstanceOf(Start.NoCredentials.class);
            assertThat(upstream.received()).isEmpty();
        }
    }

    private void endless() {
        for (int page = 1; page < 2_000; page++) {
            page(
                    page == 1 ? "/orders" : "/orders?page=" + page,
                    "?page=" + (page + 1),
                    trashed("" + page, "2020-01-01T00:00:00Z"));
        }
    }

    private TestGateway gateway(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("cenotaph.credentials[0].upstream=http://localhost:" + upstream.port());
        all.add("cenotaph.credentials[0].headers.Authorization=Bearer of-the-rebuild");
        return TestGateway.with(TestGateway.policy(upstream.port(), POLICIES), all.toArray(String[]::new));
    }

    private void page(String uri, String next, String... rows) {
        replies.put(uri, Reply.json("{\"data\":[" + String.join(",", rows) + "],\"next\":\"" + next + "\"}"));
    }

    private static String trashed(String id, String time) {
        return "{\"id\":" + id + ",\"deleted_at\":\"" + time + "\"}";
    }

    private static List<String> trashed(TestGateway gateway, String... ids) {
        return List.of(ids).stream()
                .filter(id -> tombstones(gateway).isTrashed(order(id)))
                .toList();
    }

    private static Start begin(TestGateway gateway, String resource) {
        return rebuild(gateway).begin(policy(gateway, resource), List.of());
    }

    private static RebuildProgress finished(TestGateway gateway, String resource) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> progress(gateway, resource, List.of()).state() != State.RUNNING);
        return progress(gateway, resource, List.of());
    }

    private static RebuildProgress progress(TestGateway gateway, String resource, List<String> parents) {
        return rebuild(gateway).progress(policy(gateway, resource), parents).orElseThrow();
    }

    private static ResourcePolicy policy(TestGateway gateway, String name) {
        return gateway.bean(PoliciesInForce.class).get().set().resources().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Rebuild rebuild(TestGateway gateway) {
        return gateway.bean(Rebuild.class);
    }

    private static Tombstones tombstones(TestGateway gateway) {
        return gateway.bean(Tombstones.class);
    }

    private static ItemKey order(String id) {
        return new ItemKey("orders", List.of(), id);
    }
}
