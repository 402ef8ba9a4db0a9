package dev.cenotaph.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cenotaph.gateway.filter.Policies;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.Report.Outcome;
import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thousand reloads under load, a third of them broken. Two sets take turns: all their files name another upstream and
 * another marker, so that a request that saw half of each would bring one upstream the marker of the other.
 */
class ReloadUnderLoadTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadUnderLoadTest.class);
    private static final int CLIENTS = 4;
    private static final int KEPT = 2 + 2 * CLIENTS;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> BROKEN = List.of(
            "version: 1\nresources: {",
            "version: 1\nupstream: http://localhost:1\nresources:\n  orders: { path: /orders }\n",
            "version: 1\nupstream: http://localhost:1\nresources:\n  users: { path: /users, marker: { flag: x } }\n",
            "");

    private final Queue<String> strangers = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger ids = new AtomicInteger();
    private final StubUpstream red = upstream("red");
    private final StubUpstream blue = upstream("blue");
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    @AfterEach
    void stop() {
        client.close();
        red.close();
        blue.close();
    }

    @ParameterizedTest
    @CsvSource({"direct, 1000", "chain, 200"})
    void nobodyNoticesReloads(String forwarding, int reloads) throws Exception {
        try (TestGateway gateway = TestGateway.with(
                file(red, "red", "orders", "/orders"),
                "cenotaph.reload.enabled=false",
                "cenotaph.reload.settle=1ms",
                "cenotaph.forwarding=" + forwarding)) {
            Path policies = gateway.policies();
            PolicyReload reload = gateway.bean(PolicyReload.class);
            write(policies, red, "red");
            assertThat(reload.look().outcome()).isEqualTo(Outcome.TAKEN);

            var running = new ArrayList<Thread>();
            var over = new AtomicInteger();
            for (int one = 0; one < CLIENTS; one++) {
                running.add(Thread.ofVirtual().start(() -> {
                    while (over.get() == 0) {
                        work(gateway);
                    }
                }));
            }
            reload(gateway, 50);
            Use before = Use.now();
            var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
            List<WeakReference<Policies>> sets = reload(gateway, reloads, outcomes);
            over.set(1);
            for (Thread one : running) {
                assertThat(one.join(LIMIT)).isTrue();
            }
            awaitCollected(sets);
            Use after = Use.now();

            LOG.info(
                    "{}: {} reloads ({}) under {} requests: before {}, after {}",
                    forwarding,
                    reloads,
                    outcomes,
                    requests,
                    before,
                    after);
            assertThat(failures).isEmpty();
            assertThat(strangers).isEmpty();
            assertThat(requests.get()).isGreaterThan(reloads);
            assertThat(outcomes.getOrDefault(Outcome.TAKEN, 0)).isGreaterThan(reloads / 2);
            assertThat(outcomes.getOrDefault(Outcome.BROKEN, 0) + outcomes.getOrDefault(Outcome.REFUSED, 0))
                    .isBetween(reloads / 4, reloads / 2);
            assertThat(after.threads()).isLessThan(before.threads() + 30);
            assertThat(after.files()).isLessThan(before.files() + 50);
            assertThat(after.heapMegabytes()).isLessThan(before.heapMegabytes() + 40);
        }
    }

    private void reload(TestGateway gateway, int times) throws Exception {
        reload(gateway, times, new EnumMap<>(Outcome.class));
    }

    private List<WeakReference<Policies>> reload(TestGateway gateway, int times, Map<Outcome, Integer> outcomes)
            throws Exception {
        PolicyReload reload = gateway.bean(PolicyReload.class);
        PoliciesInForce inForce = gateway.bean(PoliciesInForce.class);
        var sets = new ArrayList<WeakReference<Policies>>();
        Path policies = gateway.policies();
        for (int round = 0; round < times; round++) {
            boolean isRed = round % 2 == 0;
            if (round % 3 == 2) {
                breakFiles(policies, round);
            } else {
                write(policies, isRed ? red : blue, isRed ? "red" : "blue");
                Files.writeString(policies.resolve("round.txt"), Integer.toString(round));
            }
            outcomes.merge(reload.look().outcome(), 1, Integer::sum);
            sets.add(new WeakReference<>(inForce.get()));
        }
        return sets;
    }

    private static void breakFiles(Path policies, int round) throws IOException {
        int way = round / 3 % (BROKEN.size() + 1);
        if (way == BROKEN.size()) {
            Files.deleteIfExists(policies.resolve("test.yaml"));
            Files.deleteIfExists(policies.resolve("lines.yaml"));
        } else {
            Files.writeString(policies.resolve("test.yaml"), BROKEN.get(way));
        }
    }

    private static void write(Path policies, StubUpstream upstream, String colour) throws IOException {
        Files.writeString(policies.resolve("test.yaml"), file(upstream, colour, "orders", "/orders"));
        Files.writeString(policies.resolve("lines.yaml"), file(upstream, colour, "lines", "\"/orders/{order}/lines\""));
    }

    /** Every version has a name of its own, so that each is taken over. */
    private static String file(StubUpstream upstream, String colour, String resource, String path) {
        return "# " + System.nanoTime() + "\nreleased: " + resource + "\n"
                + TestGateway.policy(
                        upstream.port(),
                        resource + ": { path: " + path + ", marker: { flag: " + colour + " }, id: " + colour + "_id }");
    }

    /** One client's round: a list, an item, its DELETE, and the same one level below. */
    private void work(TestGateway gateway) {
        String id = Integer.toString(ids.incrementAndGet());
        ask(gateway, "GET", "/orders", List.of(200));
        ask(gateway, "GET", "/orders/" + id, List.of(200));
        ask(gateway, "DELETE", "/orders/0/lines/" + id, List.of(204));
        ask(gateway, "GET", "/orders/0/lines/" + id, List.of(200, 410));
        ask(gateway, "DELETE", "/orders/" + id, List.of(204));
        ask(gateway, "GET", "/orders/" + id, List.of(200, 410));
    }

    private void ask(TestGateway gateway, String method, String path, List<Integer> expected) {
        HttpRequest request = HttpRequest.newBuilder(gateway.url(path))
                .timeout(LIMIT)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            requests.incrementAndGet();
            if (!expected.contains(answer.statusCode())) {
                failures.add(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            failures.add(method + " " + path + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Knows its own marker alone: a list that is filtered by the other's would be kept back for want of ids. */
    private StubUpstream upstream(String colour) {
        return StubUpstream.answering(received -> {
            if (received.method().equals("DELETE")
                    || (received.method().equals("PATCH") && !received.body().contains("\"" + colour + "\""))) {
                strangers.add(colour + " got " + received);
            }
            return answer(colour, received);
        });
    }

    private static Reply answer(String colour, Received received) {
        if (received.method().equals("PATCH")) {
            return Reply.json(received.body());
        }
        return Reply.json(
                received.uri().equals("/orders") ? "[{\"" + colour + "_id\":1}]" : "{\"" + colour + "\":false}");
    }

    /** All but what is in force now, what was before, and what the last request of an idle connection met. */
    private static void awaitCollected(List<WeakReference<Policies>> sets) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            System.gc();
            assertThat(sets.stream()
                            .map(WeakReference::get)
                            .filter(Objects::nonNull)
                            .distinct()
                            .count())
                    .isLessThanOrEqualTo(KEPT);
        });
    }

    /** What a leak would grow. */
    private record Use(long heapMegabytes, int threads, long files) {
        static Use now() {
            System.gc();
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Use(
                    heap.getUsed() >> 20,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    system.getOpenFileDescriptorCount());
        }
    }

    /** The test tells a stranger when it sees one. */
    @Test
    void strangerIsSeen() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + blue.port() + "/orders/1"))
                .timeout(LIMIT)
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"red\":true}"))
                .build();
        client.send(request, BodyHandlers.ofString());
        assertThat(strangers).hasSize(1);
    }
}
