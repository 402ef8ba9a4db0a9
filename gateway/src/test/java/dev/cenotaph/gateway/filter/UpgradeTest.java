package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Clients that offer another protocol. */
class UpgradeTest {

    @Test
    void clientThatOffersHttp2IsServedAndItsOfferGoesNoFurther() throws Exception {
        try (var upstream = StubUpstream.answering(request -> Reply.json("{\"id\":7,\"deleted_at\":null}"));
                var gateway = TestGateway.with(TestGateway.policy(
                        upstream.port(), "orders: { path: /api/orders, marker: { timestamp: deleted_at } }"))) {
            // Left alone, Java's client sends Upgrade: h2c.
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(gateway.url("/api/orders/7")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(upstream.received().getFirst().headers())
                    .doesNotContainKeys("upgrade", "http2-settings", "connection");
        }
    }
}
