package dev.cenotaph.gateway.proxy;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.RawClient;
import dev.cenotaph.gateway.testing.RawConnection;
import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy's own way: when it is taken, what it keeps of Spring Cloud Gateway's settings, and what it adds to a request. */
@SuppressWarnings("StringConcatToTextBlock") // Line ends as they are on the wire.
class DirectForwardingTest {
    private static final String GATEWAY_SETTINGS = "spring.cloud.gateway.server.webflux.";

    private final RawUpstream upstream = RawUpstream.start();
    private final AtomicReference<TestGateway> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
        upstream.close();
    }

    @Test
    void upstreamSeesNothingOfTheClientLibrary() {
        TestGateway gateway = gateway();
        gateway.raw("GET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(upstream.lastAsked().head().lines().map(line -> line.toLowerCase(java.util.Locale.ROOT)))
                .filteredOn(line -> !line.isEmpty())
                .containsExactly("get /other http/1.1", "host: localhost:" + upstream.port());
    }

    @Test
    void whatTheConnectionListsDoesNotPass() {
        TestGateway gateway = gateway();
        upstream.behave((asked, wire) ->
                wire.write(response("200 OK", "Connection: close, X-Hop\r\nX-Hop: a\r\nX-End: b\r\n", "ok")));
        String answer = gateway.raw("GET /other HTTP/1.1\r\nHost: x\r\nConnection: close, X-Mine\r\n"
                + "X-Mine: a\r\nX-Yours: b\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\n\r\n");
        assertThat(upstream.lastAsked().header("X-Mine")).isEmpty();
        assertThat(upstream.lastAsked().header("X-Yours")).containsExactly("b");
        assertThat(upstream.lastAsked().header("Keep-Alive")).isEmpty();
        assertThat(upstream.lastAsked().header("TE")).isEmpty();
        assertThat(answer).contains("X-End: b").doesNotContain("X-Hop");
    }

    @Test
    void claimsOfOtherProxiesPassOnlyFromTrustedOnes() {
        TestGateway gateway = gateway(GATEWAY_SETTINGS + "trusted-proxies=.*");
        gateway.get("/other", "X-Forwarded-For", "1.2.3.4");
        assertThat(upstream.lastAsked().header("X-Forwarded-For").getFirst()).startsWith("1.2.3.4");
        assertThat(upstream.lastAsked().header("Forwarded")).hasSize(1);
    }

    @Test
    void claimsOfOtherProxiesDoNotPassAtFirst() {
        TestGateway gateway = gateway();
        gateway.get("/other", "X-Forwarded-For", "1.2.3.4", "Forwarded", "for=1.2.3.4");
        assertThat(upstream.lastAsked().header("X-Forwarded-For")).isEmpty();
        assertThat(upstream.lastAsked().header("Forwarded")).isEmpty();
    }

    @Test
    void routesOfTheHostBringTheChain() {
        TestGateway gateway = gateway(
                GATEWAY_SETTINGS + "routes[0].id=own",
                GATEWAY_SETTINGS + "routes[0].uri=http://localhost:" + upstream.port(),
                GATEWAY_SETTINGS + "routes[0].predicates[0]=Path=/mine/**",
                GATEWAY_SETTINGS + "routes[0].filters[0]=AddResponseHeader=X-Of-The-Chain, yes");
        assertThat(gateway.get("/mine/7").headers().firstValue("X-Of-The-Chain"))
                .hasValue("yes");
        assertThat(gateway.get("/api/orders/7").statusCode()).isEqualTo(200);
    }

    @Test
    void rulesForOtherOriginsBringTheChain() {
        TestGateway gateway =
                gateway(GATEWAY_SETTINGS + "globalcors.cors-configurations.[/**].allowedOrigins=http://example.org");
        assertThat(gateway.get("/other", "Origin", "http://example.org")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .hasValue("http://example.org");
    }

    @Test
    void preflightIsTheUpstreamsToAnswer() {
        TestGateway gateway = gateway();
        String answer = gateway.raw("OPTIONS /other HTTP/1.1\r\nHost: x\r\nOrigin: http://example.org\r\n"
                + "Access-Control-Request-Method: DELETE\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/api/orders/7", "/actuator"})
    void managementPortForwardsNothing(String path) throws IOException {
        TestGateway gateway = gateway("management.server.port=" + freePort());
        upstream.forget();
        String answer = RawClient.exchange(
                gateway.managementPort(), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith(path.equals("/actuator") ? "HTTP/1.1 200" : "HTTP/1.1 404");
        assertThat(upstream.asked()).isEmpty();
    }

    /** Reactor Netty's client takes what follows a 2xx to CONNECT for a tunnel's bytes, and waits for ever. */
    @Test
    void tunnelIsNotOpenedAndLeavesNoDeafConnectionBehind() {
        TestGateway gateway = gateway();
        for (int i = 0; i < 8; i++) {
            assertThat(gateway.raw("CONNECT /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 501");
            assertThat(gateway.get("/other").statusCode()).isEqualTo(200);
        }
        assertThat(upstream.asked()).noneMatch(asked -> asked.method().equals("CONNECT"));
    }

    @Test
    void managementPortGivesNoGoneAnswers() throws IOException {
        TestGateway gateway = gateway("management.server.port=" + freePort());
        upstream.behave((asked, wire) -> wire.write(response(
                "200 OK", "Content-Type: application/json\r\n", "{\"id\":7,\"deleted_at\":\"2026-01-01T00:00:00Z\"}")));
        gateway.get("/api/orders/7");
        assertThat(gateway.get("/api/orders/7").statusCode()).isEqualTo(410);
        try (var client = new RawConnection(gateway.managementPort())) {
            client.send("GET /api/orders/7 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void managementEndpointsGoFirstWhereTheyShareThePort() throws IOException {
        int port = freePort();
        TestGateway gateway = gateway("server.port=" + port, "management.server.port=" + port);
        assertThat(gateway.get("/actuator/health").body()).contains("\"status\"");
        gateway.get("/actuators");
        assertThat(upstream.lastAsked().uri()).isEqualTo("/actuators");
    }

    @Test
    void everyRequestCounts() {
        TestGateway gateway = gateway();
        upstream.behave((asked, wire) -> wire.write(response(
                "200 OK", "Content-Type: application/json\r\n", "{\"id\":7,\"deleted_at\":\"2026-01-01T00:00:00Z\"}")));
        gateway.get("/other");
        gateway.get("/other");
        gateway.get("/api/orders/7");
        gateway.raw("BREW /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        upstream.behave((asked, wire) -> wire.close());
        gateway.get("/other");
        var registry = gateway.bean(MeterRegistry.class);
        await().untilAsserted(() -> {
            assertThat(count(registry, "GET", 200)).isEqualTo(2);
            assertThat(count(registry, "GET", 410)).isEqualTo(1);
            assertThat(count(registry, "GET", 502)).isEqualTo(1);
            assertThat(count(registry, "CUSTOM", 200)).isEqualTo(1);
        });
        assertThat(registry.get("spring.cloud.gateway.requests").timers())
                .allSatisfy(timer ->
                        assertThat(timer.getId().getTag("routeUri")).isEqualTo("http://localhost:" + upstream.port()));
    }

    /** The connection goes back to the pool with each answer; a timer that outlived its request would cut another's. */
    @Test
    void timeoutOfOneRequestDoesNotCutTheNext() {
        TestGateway gateway = gateway(GATEWAY_SETTINGS + "httpclient.response-timeout=400ms");
        upstream.behave((asked, wire) -> {
            if (asked.uri().equals("/slow")) {
                pause(Duration.ofMillis(250));
            }
            wire.write(response("200 OK", "", "ok"));
        });
        try (var client = new RawConnection(gateway.port())) {
            for (int round = 0; round < 4; round++) {
                String path = round % 2 == 0 ? "/fast" : "/slow";
                client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.readThrough("\r\n\r\nok")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void upstreamThatNeverAnswersIsGivenUp() {
        TestGateway gateway = gateway(GATEWAY_SETTINGS + "httpclient.response-timeout=300ms");
        upstream.behave((asked, wire) -> pause(Duration.ofSeconds(2)));
        assertThat(gateway.get("/other").statusCode()).isEqualTo(504);
        assertThat(gateway.send("POST", "/other", "body").statusCode()).isEqualTo(504);
    }

    @Test
    void clientThatStopsInTheMiddleOfABodyIsGivenUp() {
        TestGateway gateway = gateway("cenotaph.client.read-timeout=300ms");
        try (var client = new RawConnection(gateway.port())) {
            client.send("POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.readToEnd()).doesNotContain("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/api/orders/7 | {\"id\":7", "/api/orders | [{\"id\":7"})
    void bodyThatNeverEndsIsGivenUp(String path, String beginning) {
        TestGateway gateway = gateway("cenotaph.limits.body-time=300ms");
        upstream.behave((asked, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n" + beginning);
            pause(Duration.ofSeconds(2));
        });
        assertThat(gateway.get(path).statusCode()).isEqualTo(504);
    }

    @Test
    void listsAreCompressedTowardsTheClientWhereThatIsSet() {
        TestGateway gateway = gateway("server.compression.enabled=true", "server.compression.min-response-size=1");
        String rows = "{\"id\":1,\"deleted_at\":null},".repeat(100);
        upstream.behave((asked, wire) -> wire.write(response(
                "200 OK",
                "Content-Type: application/json\r\n",
                "[" + rows + "{\"id\":2,\"deleted_at\":\"2026-01-01T00:00:00Z\"}]")));
        var answer = gateway.get("/api/orders", "Accept-Encoding", "gzip");
        assertThat(upstream.lastAsked().header("Accept-Encoding")).containsExactly("identity");
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(answer.body().length()).isLessThan(rows.length() / 4);
        assertThat(gateway.get("/api/orders").body()).isEqualTo("[" + rows.substring(0, rows.length() - 1) + "]");
    }

    private static double count(MeterRegistry registry, String method, int status) {
        Timer timer = registry.find("spring.cloud.gateway.requests")
                .tag("httpMethod", method)
                .tag("httpStatusCode", Integer.toString(status))
                .timer();
        return timer == null ? 0 : timer.count();
    }

    private TestGateway gateway(String... settings) {
        upstream.behave((asked, wire) -> wire.write(response("200 OK", "Content-Type: text/plain\r\n", "ok")));
        started.set(TestGateway.with(
                TestGateway.policy(upstream.port(), "orders: { path: /api/orders, marker: { timestamp: deleted_at } }"),
                settings));
        return started.get();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
