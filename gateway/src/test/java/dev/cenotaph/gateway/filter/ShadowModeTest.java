package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.filter.Victim.Place;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Shadow changes nothing: what arrives, and what comes back, is what it is where policies are off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShadowModeTest {
    private static final String RESOURCES = """
            orders:
              path: /api/orders
              marker: { timestamp: deleted_at }
              unlink: ["/api/orders/{id}/tags/{tag}"]
              views: [{ path: /find/plain }]
            parcels:
              path: /api/parcels
              marker: { timestamp: deleted_at }
              override: apply
            notes:
              path: /users/{user}/notes
              marker: { timestamp: deleted_at }
            issues:
              path: /issues.json
              item: /issues/{id}.json
              marker: { timestamp: deleted_at }
            """;

    private final CarelessUpstream upstream =
            new CarelessUpstream("/api/orders", "/api/parcels", "/users/5/notes", "/issues.json");
    private final TestGateway shadow = gateway("shadow", "direct");
    private final TestGateway shadowOnTheChain = gateway("shadow", "chain");
    private final TestGateway off = gateway("off", "direct");
    private final TestGateway offOnTheChain = gateway("off", "chain");
    private final AtomicInteger ids = new AtomicInteger(1000);

    @AfterAll
    void stop() throws IOException {
        Stream.of(shadow, shadowOnTheChain, off, offOnTheChain).forEach(TestGateway::close);
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/orders/7",
        "HEAD, /api/orders/7",
        "PUT, /api/orders/7",
        "PATCH, /api/orders/7",
        "POST, /api/orders/7",
        "DELETE, /api/orders/7",
        "OPTIONS, /api/orders/7",
        "GET, /api/orders/7?with_trashed=true",
        "GET, /api/orders/7?with_trashed=odd&only_trashed=",
        "DELETE, /api/orders/7?permanent=true",
        "DELETE, /api/orders/7?permanent=maybe",
        "DELETE, /api/orders/7/lines",
        "DELETE, /api/orders/7/tags/red",
        "GET, /api/orders",
        "GET, /api/orders?with_trashed=true&page=2",
        "GET, /api/orders?only_trashed=true",
        "POST, /api/orders",
        "DELETE, /api/orders",
        "GET, /api/orders/trashed",
        "GET, /api/orders/trashed/7",
        "POST, /api/orders/7:undelete",
        "POST, /api/orders/7/restore",
        "PATCH, /api/orders/trashed/7",
        "GET, /find/plain",
        "DELETE, /find/plain",
        "GET, //api/orders/7",
        "DELETE, /api/orders/./7",
        "DELETE, /api/orders/7%2F8",
        "DELETE, /API/orders/7",
    })
    void everyOperationPasses(String method, String target) {
        String[] fields = {
            "Accept-Encoding: br, gzip",
            "Range: bytes=0-10",
            "If-None-Match: \"x\"",
            "Idempotency-Key: k",
            "X-HTTP-Method-Override: DELETE",
            "X-Mine: 1"
        };
        String request = method.startsWith("P")
                ? HostileRequest.withBody(
                        method + " " + target, "application/json", "{\"deleted_at\":\"2026-11-22T07:00:00Z\"}", fields)
                : HostileRequest.request(method + " " + target, fields);
        passesAsItIs(request, shadow, off);
        assertThat(upstream.arrived()).hasSize(1);
        passesAsItIs(request, shadowOnTheChain, offOnTheChain);
    }

    /** But for handshakes and framing: those are the server's own, in front of every policy, and may wait for more. */
    static Stream<Arguments> hostileRows() {
        return HostileRequestsTest.rows().stream()
                .filter(row -> !row.kind().equals("framing"))
                .filter(row -> !row.text()
                        .apply(new Victim(Place.PLAIN, "1"))
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade: websocket"))
                .flatMap(row -> Stream.of(Place.PLAIN, Place.SUFFIXED).map(place -> Arguments.of(row, place)));
    }

    @ParameterizedTest
    @MethodSource("hostileRows")
    void everyHostileRequestPasses(HostileRequest row, Place place) {
        var victim = new Victim(place, Integer.toString(ids.incrementAndGet()));
        passesAsItIs(row.text().apply(victim), shadow, off);
    }

    private void passesAsItIs(String request, TestGateway shadowing, TestGateway open) {
        upstream.forget();
        String expectedAnswer = open.raw(request);
        List<Arrived> expected = upstream.arrived();
        upstream.forget();
        String answer = shadowing.raw(request);
        assertThat(upstream.arrived()).isEqualTo(expected);
        assertThat(plain(answer)).isEqualTo(plain(expectedAnswer));
    }

    /** The server's own refusals say when they were made. */
    private static String plain(String answer) {
        return answer.replaceAll("(?m)^[Dd]ate: .*$", "")
                .replaceAll("\"(timestamp|requestId)\":\"[^\"]*\"", "")
                .replaceAll("(?im)^content-length: .*$", "");
    }

    private TestGateway gateway(String mode, String forwarding) {
        return TestGateway.with(
                TestGateway.policy(upstream.port(), RESOURCES),
                "cenotaph.mode=" + mode,
                "cenotaph.forwarding=" + forwarding);
    }
}
