package dev.cenotaph.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.exchange.GoneAtHand;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.RawConnection;
import dev.cenotaph.gateway.testing.TestGateway;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Gone answers that are given before anything is built for the request: the same ones, and never one too many. */
class GoneDoorTest {
    private static final String RESOURCES = """
              users: { path: /api/users, marker: { timestamp: deleted_at } }
              orders: { path: "/api/users/{user}/orders", marker: { timestamp: deleted_at } }
            """;

    private static final ItemUpstream UPSTREAM = new ItemUpstream();
    private static final TestGateway GATEWAY = TestGateway.with(TestGateway.policy(UPSTREAM.port(), RESOURCES));
    private String user;
    private String order;

    @BeforeEach
    void trash() {
        user = UPSTREAM.create("/api/users", "{\"name\":\"Ada\"}");
        order = UPSTREAM.create(user + "/orders", "{\"total\":5}");
        assertThat(GATEWAY.delete(order).statusCode()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @Test
    void repeatedAnswerIsTheFirstOneByteForByte() {
        try (var client = new RawConnection(GATEWAY.port())) {
            String first = gone(client, order);
            assertThat(isAtHand(order)).isTrue();
            assertThat(gone(client, order)).isEqualTo(first);
            assertThat(gone(client, order)).isEqualTo(first);
        }
    }

    @Test
    void nothingIsAtHandOfWhatIsRestored() {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        assertThat(GATEWAY.post(order + ":undelete").statusCode()).isEqualTo(200);
        assertThat(isAtHand(order)).isFalse();
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(200);
    }

    @Test
    void newDeletionTellsItsOwnFacts() {
        String before = GATEWAY.get(order).body();
        assertThat(GATEWAY.post(order + ":undelete").statusCode()).isEqualTo(200);
        assertThat(GATEWAY.delete(order).statusCode()).isEqualTo(204);
        String after = GATEWAY.get(order).body();
        assertThat(after).contains("\"deletion_id\"").isNotEqualTo(before);
        assertThat(GATEWAY.get(order).body()).isEqualTo(after);
    }

    @Test
    void itemAboveThatIsTrashedLaterSpeaksFirst() {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        assertThat(GATEWAY.delete(user).statusCode()).isEqualTo(204);
        assertThat(isAtHand(order)).isFalse();
        assertThat(GATEWAY.get(order).body()).contains("The item " + user + " is in the trash");
        assertThat(GATEWAY.get(order).body()).contains("The item " + user + " is in the trash");
        assertThat(GATEWAY.post(user + ":undelete").statusCode()).isEqualTo(200);
        assertThat(GATEWAY.get(order).body()).contains("The item is in the trash");
    }

    @Test
    void otherPoliciesHaveOtherAnswers() {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        assertThat(GATEWAY.bean(GoneAtHand.class).find(order, "another").isPresent())
                .isFalse();
    }

    @Test
    void requestsInOneStretchAreAnsweredInTheirOrder() {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        try (var client = new RawConnection(GATEWAY.port())) {
            String get = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";
            client.send(get.formatted(order)
                    + get.formatted(user)
                    + get.formatted(order)
                    + get.formatted(order)
                    + get.formatted(user));
            assertThat(answer(client)).startsWith("HTTP/1.1 410");
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
            assertThat(answer(client)).startsWith("HTTP/1.1 410");
            assertThat(answer(client)).startsWith("HTTP/1.1 410");
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
            assertThat(gone(client, order)).startsWith("HTTP/1.1 410");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET %s?with_trashed=true | | 200",
                "GET %s?with_trashed=maybe | | 400",
                "GET %s?x=1 | | 410",
                "HEAD %s | | 410",
                "PUT %s | Content-Length: 0 | 410",
                "GET %s | X-HTTP-Method-Override: DELETE | 400",
                "GET %s | X-Original-URL: /api/users/1/orders/9 | 400",
                "GET %s | Upgrade: websocket | 400",
                "GET %s | Accept: text/html | 410",
                "GET %s | Content-Length: 0 | 410",
            })
    void whatIsMoreThanAPathIsJudgedAsEver(String line, String header, int status) {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        String answer = GATEWAY.raw(line.formatted(order) + " HTTP/1.1\r\nHost: x\r\n"
                + (header == null ? "" : header + "\r\n") + "Connection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void answerThatTakesItsTimeIsNotOvertaken() {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        UPSTREAM.on(
                "GET",
                user,
                (request, well) -> Mono.delay(Duration.ofMillis(300)).map(tick -> well.get()));
        try (var client = new RawConnection(GATEWAY.port())) {
            String line = "%s %s HTTP/1.1\r\nHost: x\r\n\r\n";
            client.send(line.formatted("HEAD", user) + line.formatted("GET", user) + line.formatted("GET", order));
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
            assertThat(answer(client)).startsWith("HTTP/1.1 410");
            gone(client, order);
        } finally {
            UPSTREAM.behave("GET", user);
        }
    }

    /** The client asks many times before it reads at all: the answers wait in order, and none is lost. */
    @Test
    void clientThatReadsLateGetsEveryAnswer() {
        int times = 2_000;
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        try (var client = new RawConnection(GATEWAY.port())) {
            String get = "GET " + order + " HTTP/1.1\r\nHost: x\r\n\r\n";
            Thread.ofVirtual().start(() -> client.send(get.repeat(times)));
            for (int i = 0; i < times; i++) {
                assertThat(answer(client)).startsWith("HTTP/1.1 410");
            }
        }
    }

    /** On a connection that stays, so that nothing but the header itself keeps the request from the door. */
    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override: DELETE", "x_http_method: PUT", "X-Original-URL: /api/users/9"})
    void headersThatNameAnotherRequestAreRefusedOnAConnectionThatStays(String header) {
        try (var client = new RawConnection(GATEWAY.port())) {
            gone(client, order);
            client.send("GET " + order + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void connectionThatIsToCloseCloses() {
        assertThat(GATEWAY.get(order).statusCode()).isEqualTo(410);
        try (var client = new RawConnection(GATEWAY.port())) {
            gone(client, order);
            client.send("GET " + order + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 410").contains("\"trashed\"");
        }
    }

    @Test
    void requestWithoutAHostIsNotAnsweredHere() {
        try (var client = new RawConnection(GATEWAY.port())) {
            String plain = gone(client, order);
            client.send("GET " + order + " HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).isNotEqualTo(plain);
        }
    }

    @Test
    void everyAnswerCounts() {
        int times = 5;
        long before = answered();
        try (var client = new RawConnection(GATEWAY.port())) {
            for (int i = 0; i < times; i++) {
                gone(client, order);
            }
        }
        await().untilAsserted(() -> assertThat(answered()).isEqualTo(before + times));
    }

    private static long answered() {
        return GATEWAY
                .bean(MeterRegistry.class)
                .find("spring.cloud.gateway.requests")
                .tag("httpMethod", "GET")
                .tag("httpStatusCode", "410")
                .tag("routeUri", "http://localhost:" + UPSTREAM.port())
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private boolean isAtHand(String path) {
        String version = GATEWAY.bean(PoliciesInForce.class).get().set().version();
        return GATEWAY.bean(GoneAtHand.class).find(path, version).isPresent();
    }

    private static String gone(RawConnection client, String path) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");
        String answer = answer(client);
        assertThat(answer).startsWith("HTTP/1.1 410");
        return answer;
    }

    /** Head and body, where the body is one JSON object without another in it. */
    private static String answer(RawConnection client) {
        return client.readThrough("\r\n\r\n") + client.readThrough("}");
    }
}
