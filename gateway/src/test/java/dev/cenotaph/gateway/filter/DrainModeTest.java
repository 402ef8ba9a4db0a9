package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.filter.Victim.Place;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Drain makes no new soft deletes, and no hard ones in their place; what is trashed stays what it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainModeTest {
    private static final int PREPARED = 40;
    private static final Pattern GOVERNED = Pattern.compile("^/api/orders(/.*)?$", Pattern.CASE_INSENSITIVE);

    private final ItemUpstream upstream = new ItemUpstream();
    private final List<String> trash =
            IntStream.range(0, PREPARED).mapToObj(i -> item()).toList();
    private final CarelessUpstream careless = new CarelessUpstream("/api/orders");
    private int used;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @SuppressWarnings("NullAway.Init")
    private TestGateway hostile;

    /** Fills the trash, and begins to drain it. */
    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(
                upstream.port(),
                "orders: { path: /orders, marker: { flag: trashed }, unlink: [\"/orders/{id}/tags/{tag}\"] }"));
        trash.forEach(gateway::delete);
        gateway.restartWith("cenotaph.mode=drain");
        hostile = TestGateway.with(
                TestGateway.policy(careless.port(), "orders: { path: /api/orders, marker: { timestamp: deleted_at } }"),
                "cenotaph.mode=drain");
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        hostile.close();
        upstream.close();
        careless.close();
    }

    @ParameterizedTest(name = "{0} {1}: live {2}, trashed {3}")
    @CsvSource(delimiter = '|', textBlock = """
            GET      | {item}                   | 200  | 410
            HEAD     | {item}                   | 200  | 410
            PUT      | {item}                   | 200  | 410
            PATCH    | {item}                   | 200  | 410
            DELETE   | {item}                   | 503  | 410
            DELETE   | {item}?permanent=false   | 503  | 410
            DELETE   | {item}?permanent=1       | 400  | 400
            DELETE   | {item}/lines             | 405  | 405
            GET      | {trash}/{id}             | 404  | 200
            POST     | {item}:undelete          | 409  | 200
            GET      | {item}?with_trashed=true | 200  | 200
            DELETE   | {item}?permanent=true    | 204  | 204
            """)
    void holds(String method, String path, int live, int trashed) {
        assertThat(send(method, path, item()).statusCode()).as("live").isEqualTo(live);
        String gone = trash.get(used++);
        assertThat(send(method, path, gone).statusCode()).as("trashed").isEqualTo(trashed);
    }

    @Test
    void deleteSaysWhyAndAsksNothingOfTheUpstream() {
        String item = item();
        HttpResponse<String> answer = gateway.delete(item);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("problems/draining");
        assertThat(upstream.methods(item)).isEmpty();
        assertThat(gateway.get(item).statusCode()).isEqualTo(200);
    }

    /** What a client marks at the upstream by itself is not ours to stop; it is hidden like all that is trashed. */
    @Test
    void markerThatAClientWritesIsLearned() {
        String item = item();
        assertThat(gateway.send("PATCH", item, "{\"trashed\":true}", "Content-Type", "application/merge-patch+json")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @MethodSource("dev.cenotaph.gateway.filter.HostileRequestsTest#rows")
    void noHostileRequestDeletesOrTrashes(HostileRequest row) {
        careless.forget();
        hostile.raw(row.text().apply(new Victim(Place.PLAIN, "1")));
        assertThat(careless.arrived())
                .noneMatch(request -> CarelessReading.deletes(request, GOVERNED))
                .noneMatch(request -> request.method().equals("PATCH"));
    }

    private HttpResponse<String> send(String method, String template, String item) {
        String path = template.replace("{item}", item)
                .replace("{trash}", "/orders/trashed")
                .replace("{id}", item.substring("/orders/".length()));
        String body = method.equals("PUT") || method.equals("PATCH") ? "{\"id\":1}" : "";
        return gateway.send(method, path, body, "Content-Type", "application/json");
    }

    private String item() {
        return upstream.create("/orders", "{\"name\":\"x\",\"trashed\":false}");
    }
}
