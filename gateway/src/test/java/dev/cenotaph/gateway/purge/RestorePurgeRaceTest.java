package dev.cenotaph.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.testing.TestPostgres;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Restores that arrive at the very moment at which retention ends, against gateways that purge. The full proof:
 * {@code -Dcenotaph.race.rounds=10000}.
 */
class RestorePurgeRaceTest {
    private static final int ROUNDS = Integer.getInteger("cenotaph.race.rounds", 200);
    private static final int AT_ONCE = ROUNDS < 1_000 ? 50 : 100;
    /** In microseconds. */
    private static final long STEP = 250_000 / AT_ONCE;

    private static final String POLICIES = """
            tagged: { path: /tagged, marker: { flag: trashed }, retention: PT3S }
            bare: { path: /bare, marker: { flag: trashed }, retention: PT3S }
            """;

    /** An item at the upstream. */
    private record Item(boolean trashed, int version) {}

    private final Map<String, Item> items = new ConcurrentHashMap<>();
    /** When restores are sent, in microseconds after the end of retention: later after a restore, sooner after a purge. */
    private long aim = -200_000;

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<String, Integer> tally = new TreeMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @Test
    void oneGatewayOverSqlite() throws Exception {
        try (StubUpstream upstream = StubUpstream.answeringLater(this::answer);
                TestGateway gateway = gateway(upstream)) {
            race(upstream, List.of(gateway), "one gateway over SQLite");
        }
    }

    @Test
    void twoGatewaysOverPostgres() throws Exception {
        String store = "cenotaph.store.url=" + TestPostgres.url("restore against purge");
        try (StubUpstream upstream = StubUpstream.answeringLater(this::answer);
                TestGateway one = gateway(upstream, store);
                TestGateway other = gateway(upstream, store)) {
            race(upstream, List.of(one, other), "two gateways over PostgreSQL");
        }
    }

    private static TestGateway gateway(StubUpstream upstream, String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("cenotaph.purge.interval=10ms");
        all.add("cenotaph.purge.stop-above=100000");
        all.add("cenotaph.purge.stop-above-share=1");
        all.add("cenotaph.credentials[0].upstream=http://localhost:" + upstream.port());
        return TestGateway.with(TestGateway.policy(upstream.port(), POLICIES), all.toArray(String[]::new));
    }

    private void race(StubUpstream upstream, List<TestGateway> gateways, String what) throws Exception {
        int rounds = 0;
        while (rounds < ROUNDS || (!bothWonSome() && rounds < 2 * ROUNDS)) {
            race(gateways, AT_ONCE);
            rounds += AT_ONCE;
            upstream.forgetCalls();
        }
        List<Long> purged = gateways.stream()
                .map(gateway -> gateway.bean(Purge.class).counts().of(PurgeReport.Outcome.PURGED))
                .toList();
        System.out.println(
                "restore against purge, " + what + ", " + rounds + " rounds: " + tally + ", purged by each: " + purged);
        assertThat(bothWonSome()).as("both sides have to win some: " + tally).isTrue();
    }

    private boolean bothWonSome() {
        return tally.containsKey("200 live") && tally.keySet().stream().anyMatch(outcome -> outcome.endsWith("gone"));
    }

    private void race(List<TestGateway> gateways, int count) throws Exception {
        var restores = new ArrayList<CompletableFuture<Map.Entry<String, Integer>>>();
        var trashed = new ArrayList<CompletableFuture<Map.Entry<String, Instant>>>();
        for (int i = 0; i < count; i++) {
            String item = (i % 2 == 0 ? "/tagged/" : "/bare/") + lastId.incrementAndGet();
            items.put(item, new Item(false, 1));
            trashed.add(send(any(gateways), "DELETE", item).thenApply(answer -> Map.entry(item, purgeTime(answer))));
        }
        for (CompletableFuture<Map.Entry<String, Instant>> one : trashed) {
            Map.Entry<String, Instant> due = one.get(30, TimeUnit.SECONDS);
            long offset = aim + ThreadLocalRandom.current().nextLong(-20_000, 20_000);
            long wait = Duration.between(Instant.now(), due.getValue()).toNanos() / 1_000 + offset;
            restores.add(CompletableFuture.supplyAsync(
                            () -> due.getKey(),
                            CompletableFuture.delayedExecutor(Math.max(0, wait), TimeUnit.MICROSECONDS))
                    .thenCompose(item -> send(any(gateways), "POST", item + ":undelete"))
                    .thenApply(answer -> Map.entry(due.getKey(), answer.statusCode())));
        }
        for (CompletableFuture<Map.Entry<String, Integer>> restore : restores) {
            judge(restore.get(30, TimeUnit.SECONDS));
        }
    }

    private void judge(Map.Entry<String, Integer> restore) {
        String path = restore.getKey();
        if (restore.getValue() == 200) {
            assertThat(items.get(path)).as("%s was restored", path).isNotNull();
        } else {
            Awaitility.await(path)
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !items.containsKey(path));
        }
        Item item = items.remove(path);
        assertThat(restore.getValue()).isIn(200, 404, 409, 410);
        assertThat(item == null || !item.trashed()).as("%s is settled", path).isTrue();
        aim += restore.getValue() == 200 ? STEP : -STEP;
        tally.merge(restore.getValue() + (item == null ? " gone" : " live"), 1, Integer::sum);
    }

    private static Instant purgeTime(HttpResponse<String> deleted) {
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        return Instant.parse(deleted.headers().firstValue("Cenotaph-Purge-At").orElseThrow());
    }

    private CompletableFuture<HttpResponse<String>> send(TestGateway gateway, String method, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(gateway.url(path))
                        .method(method, BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
    }

    private static TestGateway any(List<TestGateway> gateways) {
        return gateways.get(ThreadLocalRandom.current().nextInt(gateways.size()));
    }

    private Mono<Reply> answer(Received request) {
        long delay = ThreadLocalRandom.current().nextLong(3);
        return Mono.delay(Duration.ofMillis(delay)).map(now -> well(request));
    }

    private Reply well(Received request) {
        String path = request.uri();
        return switch (request.method()) {
            case "GET" -> shown(path, items.get(path));
            case "PATCH" ->
                shown(
                        path,
                        items.computeIfPresent(
                                path, (same, item) -> new Item(request.body().contains("true"), item.version() + 1)));
            case "DELETE" -> delete(request, path);
            default -> Reply.status(405);
        };
    }

    private Reply delete(Received request, String path) {
        var reply = new AtomicInteger(404);
        items.computeIfPresent(path, (same, item) -> {
            boolean met = request.header("If-Match").map(tag(item)::equals).orElse(true);
            reply.set(met ? 204 : 412);
            return met ? null : item;
        });
        return Reply.status(reply.get());
    }

    private static Reply shown(String path, @org.jspecify.annotations.Nullable Item item) {
        if (item == null) {
            return Reply.status(404);
        }
        Reply reply = Reply.json(
                "{\"id\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\",\"trashed\":" + item.trashed() + "}");
        return path.startsWith("/tagged") ? reply.with("ETag", tag(item)) : reply;
    }

    private static String tag(Item item) {
        return "\"" + item.version() + "\"";
    }
}
