package dev.cenotaph.gateway.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ForkedGateway;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process is killed in the middle of a change of many items, by the upstream itself when a write arrives: before it takes
 * effect, or after it did and before its answer. Nothing is lost, and nothing is done twice.
 */
class JobCrashTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ITEMS = 20;
    private static final String LEASE = "cenotaph.store.lease=1s";
    private static final String[] ME = {"Content-Type", "application/json", "Authorization", "me"};

    private final ItemUpstream upstream = new ItemUpstream();
    private final List<String> paths = IntStream.range(0, ITEMS)
            .mapToObj(i -> upstream.create("/notes", "{}"))
            .toList();
    private final AtomicInteger restores = new AtomicInteger();
    private final AtomicBoolean stuck = new AtomicBoolean();
    private final Map<String, Integer> applied = new ConcurrentHashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ForkedGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"3, true", "11, false"})
    void jobThatAKillCutsOffIsFinishedOnceItsCallerAsks(int write, boolean takesEffect) throws Exception {
        gateway = new ForkedGateway(directory, policies(), LEASE);
        stickAt(write, takesEffect, gateway::kill);
        String job = begin(gateway);
        await().atMost(PATIENCE).until(stuck::get);

        gateway.startAgain();
        stuck.set(false);
        JsonNode waiting = json(gateway, job);
        assertThat(waiting.get("state").asString()).isEqualTo("waiting");
        assertThat(waiting.get("left").asInt()).isPositive();
        assertThat(status(gateway, "POST", job)).isEqualTo(202);
        assertAllRestoredOnce(gateway, job);
    }

    @Test
    void jobOfAReplicaIsItsOwnUntilThatIsKilledAndThenGoesOnAtAnother() throws Exception {
        String store = "cenotaph.store.url=" + TestPostgres.url("job-crash");
        gateway = new ForkedGateway(directory.resolve("one"), policies(), store, LEASE);
        try (var other = new ForkedGateway(directory.resolve("two"), policies(), store, LEASE)) {
            stickAt(11, true, () -> {});
            String job = begin(gateway);
            await().atMost(PATIENCE).until(stuck::get);
            await().during(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> status(other, "POST", job) == 409);
            assertThat(json(other, job).get("state").asString()).isEqualTo("running");

            gateway.kill();
            await().atMost(PATIENCE).until(() -> status(other, "POST", job) == 202);
            stuck.set(false);
            assertAllRestoredOnce(other, job);
        }
    }

    private void assertAllRestoredOnce(ForkedGateway asked, String job) {
        await().atMost(PATIENCE)
                .until(() -> json(asked, job).get("state").asString().equals("done"));
        JsonNode done = json(asked, job);
        assertThat(done.get("succeeded").asInt()).as(done.toString()).isEqualTo(ITEMS);
        assertThat(applied)
                .containsOnlyKeys(paths)
                .allSatisfy((path, times) -> assertThat(times).as(path).isEqualTo(1));
        for (String path : paths) {
            assertThat(upstream.item(path).orElseThrow()).doesNotContain("\"trashed\":true");
            assertThat(status(asked, "GET", path)).isEqualTo(200);
        }
    }

    /** From this restore on nothing is answered, nor done, as long as the upstream is stuck. */
    private void stickAt(int restore, boolean takesEffect, Runnable then) {
        for (String path : paths) {
            upstream.on(
                    "PATCH",
                    path,
                    (request, well) -> trashes(request)
                            ? Mono.fromSupplier(well)
                            : restored(path, well, () -> {
                                boolean now = restores.incrementAndGet() == restore;
                                if (now) {
                                    stuck.set(true);
                                    if (takesEffect) {
                                        apply(path, well);
                                    }
                                    then.run();
                                }
                            }));
        }
    }

    private Mono<Reply> restored(String path, Supplier<Reply> well, Runnable before) {
        if (!stuck.get()) {
            before.run();
        }
        return stuck.get() ? Mono.never() : Mono.fromSupplier(() -> apply(path, well));
    }

    private Reply apply(String path, Supplier<Reply> well) {
        applied.merge(path, 1, Integer::sum);
        return well.get();
    }

    private static boolean trashes(Received request) {
        return request.body().contains("true");
    }

    private String begin(ForkedGateway asked) {
        paths.forEach(path -> assertThat(status(asked, "DELETE", path)).isEqualTo(204));
        return asked.send("POST", "/notes/trashed:restore", "{\"all\":true}", ME)
                .orElseThrow()
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private Map<String, String> policies() {
        String notes = "notes: { path: /notes, marker: { flag: trashed }, expand: { most: 5 } }";
        return Map.of("policies.yaml", TestGateway.policy(upstream.port(), notes));
    }

    private static int status(ForkedGateway asked, String method, String path) {
        return asked.send(method, path, "", ME).orElseThrow().statusCode();
    }

    private static JsonNode json(ForkedGateway asked, String path) {
        return JsonMapper.shared()
                .readTree(asked.send("GET", path, "", ME).orElseThrow().body());
    }
}
