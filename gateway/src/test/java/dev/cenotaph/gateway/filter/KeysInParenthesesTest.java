package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OData's keys in parentheses, which no template names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysInParenthesesTest {
    private final StubUpstream upstream = StubUpstream.answering(request -> Reply.json("{\"done\":true}"));
    private final TestGateway gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
            orders: { path: /o/orders, marker: { timestamp: deleted_at } }
            resting: { path: /o/resting, marker: { timestamp: deleted_at }, mode: off }
            """));

    @BeforeEach
    void forget() {
        upstream.forgetCalls();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/o/orders(1)",
                "/o/orders%281%29",
                "/o/orders%25281%2529",
                "/o/orders('a')",
                "/o/orders(id=1,region='x')",
                "/o/orders(1)/",
                "/o/Orders(1)",
                "/o/orders(1)/lines(2)",
                "/o/orders(1)/lines/2?x=1"
            })
    void deleteIsRefusedAndAllElsePasses(String path) {
        HttpResponse<String> refused = gateway.send("DELETE", path, "");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(405);
        assertThat(refused.body()).contains("method-not-allowed", "No rule lets a DELETE through here");
        assertThat(gateway.send("POST", path, "{}", "X-HTTP-Method-Override", "DELETE")
                        .statusCode())
                .isEqualTo(405);
        String parameter = path + (path.contains("?") ? "&" : "?") + "_method=delete";
        assertThat(gateway.send("POST", parameter, "{}").statusCode()).isEqualTo(405);
        assertThat(upstream.calls()).isEmpty();

        assertThat(gateway.send("GET", path, "").statusCode()).isEqualTo(200);
        assertThat(gateway.send("PATCH", path, "{}").statusCode()).isEqualTo(200);
        assertThat(upstream.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/o/things(1)", "/o/resting(1)", "/health(1)/orders", "/o/things%281%29"})
    void deleteOfWhatNobodyGovernsPasses(String path) {
        assertThat(gateway.send("DELETE", path, "").statusCode()).isEqualTo(200);
        assertThat(upstream.calls()).hasSize(1);
    }
}
