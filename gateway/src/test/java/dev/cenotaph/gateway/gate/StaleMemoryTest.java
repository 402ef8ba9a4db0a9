package dev.cenotaph.gateway.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TcpProxy;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.testing.TestPostgres;
import dev.cenotaph.gateway.tombstone.Tombstones;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/**
 * I5 while the shared store is away: other replicas may have restored and trashed what this one does not know of, so the
 * upstream's body tells, and what would rest on memory alone is 503.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaleMemoryTest {
    private static final String LIVE = "/orders/1";
    private static final String TRASHED = "/orders/2";
    private static final String RESTORED_ELSEWHERE = "/orders/3";
    private static final String TRASHED_ELSEWHERE = "/orders/4";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ItemUpstream upstream = new ItemUpstream();
    private final TcpProxy way = new TcpProxy(TestPostgres.port());

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }"),
                "cenotaph.store.url=" + TestPostgres.through(way, TestPostgres.url("stale-memory")),
                "cenotaph.store.staleness=2s");
        for (String item : List.of(LIVE, TRASHED, RESTORED_ELSEWHERE, TRASHED_ELSEWHERE)) {
            assertThat(upstream.create("/orders", "{\"trashed\":false}")).isEqualTo(item);
        }
        assertThat(gateway.delete(TRASHED).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(RESTORED_ELSEWHERE).statusCode()).isEqualTo(204);
        way.cut();
        await().atMost(SOON).until(() -> !gateway.bean(Tombstones.class).isCurrent());
        upstream.set(RESTORED_ELSEWHERE, "trashed", "false");
        upstream.set(TRASHED_ELSEWHERE, "trashed", "true");
    }

    @AfterAll
    void stop() {
        gateway.close();
        way.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    1, '',                   200",
        "GET,    2, '',                   410",
        "GET,    3, '',                   200",
        "GET,    4, '',                   410",
        "HEAD,   1, '',                   200",
        "HEAD,   2, '',                   410",
        "HEAD,   3, '',                   200",
        "HEAD,   4, '',                   410",
        "GET,    2, ?with_trashed=true,   200",
        "GET,    3, ?only_trashed=true,   404",
        "GET,    4, ?only_trashed=true,   200",
        "PATCH,  2, '',                   503",
        "PATCH,  3, '',                   503",
        "PUT,    3, '',                   503",
        "PATCH,  4, '',                   410",
        "DELETE, 1, '',                   503",
        "DELETE, 2, '',                   410",
        "DELETE, 3, '',                   503",
        "DELETE, 3, ?permanent=true,      503",
        "POST,   2, ':undelete',          503",
        "GET,    3, /notes,               503",
    })
    void upstreamTellsAndNothingRestsOnMemoryAlone(String method, int item, String rest, int status) {
        String path = "/orders/" + item;
        List<String> before = upstream.methods(path);
        HttpResponse<String> answer = gateway.send(method, path + rest, method.startsWith("P") ? "{\"a\":1}" : "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 503) {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("store-unavailable");
        }
        List<String> arrived = upstream.methods(path);
        assertThat(arrived.subList(before.size(), arrived.size())).isSubsetOf("GET", "HEAD");
    }

    @Test
    void writeToALiveItemGoesOn() {
        HttpResponse<String> answer =
                gateway.send("PATCH", LIVE, "{\"a\":1}", "Content-Type", "application/merge-patch+json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(upstream.methods(LIVE)).contains("PATCH");
    }

    @Test
    void listIsJudgedByItsRows() {
        assertThat(gateway.get("/orders").body())
                .contains("\"id\":1", "\"id\":3")
                .doesNotContain("\"id\":2", "\"id\":4");
    }

    @Test
    void reservedIdIsNotRefusedForGood() {
        HttpResponse<String> answer = gateway.send("POST", "/orders", "{\"id\":3}", "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    }

    @Test
    void answerThatHidesTheMarkerTellsNothing() {
        for (String path : List.of(TRASHED, RESTORED_ELSEWHERE)) {
            upstream.on(
                    "GET",
                    path,
                    (request, well) -> request.uri().contains("fields")
                            ? Mono.just(Reply.json("{\"id\":0}"))
                            : Mono.fromSupplier(well));
            assertThat(gateway.get(path + "?fields=id").statusCode()).isEqualTo(503);
            upstream.behave("GET", path);
        }
    }
}
