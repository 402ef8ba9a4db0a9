package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upstream that takes no connection: 502 with a problem, and no change of state. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamDownTest {
    private static final String LIVE = "/orders/1";
    private static final String TRASHED = "/orders/2";

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        try (var upstream = new ItemUpstream()) {
            gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
                    orders: { path: /orders, marker: { flag: trashed } }
                    trusted: { path: /trusted, marker: { flag: trashed }, write: { exists: trust } }
                    """));
            assertThat(upstream.create("/orders", "{\"trashed\":false}")).isEqualTo(LIVE);
            assertThat(upstream.create("/orders", "{\"trashed\":false}")).isEqualTo(TRASHED);
            assertThat(gateway.delete(TRASHED).statusCode()).isEqualTo(204);
        }
        // The connections that it had are closed a little later than it is.
        await().until(() -> gateway.get(LIVE).statusCode() == 502);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /orders/1",
        "PUT,    /orders/1",
        "DELETE, /orders/1",
        "DELETE, /orders/1?permanent=true",
        "DELETE, /orders/2?permanent=true",
        "DELETE, /trusted/1",
        "POST,   /orders/1:undelete",
        "POST,   /orders/2:undelete",
        "POST,   /orders/2/restore",
        "POST,   /orders",
        "GET,    /orders",
        "GET,    /orders?with_trashed=true",
        "GET,    /orders?only_trashed=true",
        "GET,    /orders/2?with_trashed=true",
        "GET,    /orders/trashed/2",
        "GET,    /anything",
        "DELETE, /anything"
    })
    void isA502AndNothingChanges(String method, String path) {
        HttpResponse<String> answer = gateway.send(method, path, method.equals("PUT") ? "{}" : "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("upstream-unreachable");
        assertUnchanged();
    }

    @Test
    void whatTheIndexKnowsIsAnsweredAllTheSame() {
        assertThat(gateway.get(TRASHED).statusCode()).isEqualTo(410);
        assertThat(gateway.delete(TRASHED).statusCode()).isEqualTo(410);
        assertThat(gateway.get("/orders/trashed").body()).contains("\"" + TRASHED + "\"");
    }

    private void assertUnchanged() {
        assertThat(gateway.get(TRASHED).statusCode()).isEqualTo(410);
        assertThat(gateway.get(LIVE).statusCode()).isEqualTo(502);
        assertThat(gateway.get("/orders/trashed").body())
                .contains("\"" + TRASHED + "\"")
                .doesNotContain("\"" + LIVE + "\"");
    }
}
