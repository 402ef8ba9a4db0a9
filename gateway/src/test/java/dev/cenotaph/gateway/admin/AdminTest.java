package dev.cenotaph.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators can ask for on the management port, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminTest {
    private static final String POLICIES = """
            orders: { path: /orders, marker: { flag: trashed }, retention: PT1S }
            notes: { path: "/users/{user}/notes", marker: { flag: trashed } }
            """;

    private final ItemUpstream upstream = new ItemUpstream();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), POLICIES),
                "cenotaph.purge.interval=1h",
                "cenotaph.purge.max-per-run=2",
                "cenotaph.purge.stop-above=3",
                "cenotaph.rebuild.rate=1000",
                "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port());
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void purgeIsReportedTriedAndRun() {
        String item = due(1);
        JsonNode orders = json(ask("GET", "/purge", "", 200)).at("/now/resources/0");
        assertThat(orders.at("/resource").asString()).isEqualTo("orders");
        assertThat(orders.at("/state").asString()).isEqualTo("ready");
        assertThat(orders.at("/due").asInt()).isEqualTo(1);

        JsonNode dry = json(ask("POST", "/purge/dry-run", "", 200));
        assertThat(dry.at("/dry_run").asBoolean()).isTrue();
        assertThat(dry.at("/resources/0/next/0").asString()).isEqualTo(item);
        assertThat(upstream.item(item)).isPresent();

        JsonNode run = json(ask("POST", "/purge", "", 200));
        assertThat(run.at("/dry_run").asBoolean()).isFalse();
        assertThat(run.at("/resources/0/purged").asInt()).isEqualTo(1);
        assertThat(upstream.item(item)).isEmpty();
        assertThat(json(ask("GET", "/purge", "", 200))
                        .at("/last_run/resources/0/purged")
                        .asInt())
                .isEqualTo(1);
        assertThat(ask("GET", "/metrics/cenotaph.purge.items?tag=outcome:purged", "", 200))
                .contains("\"COUNT\"");
    }

    @Test
    void backlogThatCannotBeBelievedIsShownAndConfirmed() {
        due(4);
        JsonNode stopped = json(ask("POST", "/purge", "", 200)).at("/resources/0");
        assertThat(stopped.at("/state").asString()).isEqualTo("stopped");
        assertThat(stopped.at("/detail").asString()).contains("4 items are due");
        JsonNode health = json(ask("GET", "/health", "", 200));
        assertThat(health.at("/status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/cenotaphPurge/status").asString()).isEqualTo("UNKNOWN");
        JsonNode confirmed =
                json(ask("POST", "/purge/confirm/orders/4", "", 200)).at("/resources/0");
        assertThat(confirmed.at("/state").asString()).isEqualTo("ready");
        ask("POST", "/purge", "", 200);
        assertThat(json(ask("POST", "/purge", "", 200))
                        .at("/resources/0/purged")
                        .asInt())
                .isEqualTo(2);
        assertThat(json(ask("GET", "/purge", "", 200))
                        .at("/now/resources/0/due")
                        .asInt())
                .isZero();
    }

    @Test
    void holdIsSetShownListedAndLifted() {
        String item = "/users/ada%20l/notes/7";
        String body = "{\"item\":\"" + item + "\",\"reason\":\"case 17\",\"actor\":\"alice\"}";
        JsonNode set = json(ask("POST", "/holds", body, 200));
        assertThat(set.at("/item").asString()).isEqualTo(item);
        assertThat(set.at("/reason").asString()).isEqualTo("case 17");
        assertThat(set.at("/actor").asString()).isEqualTo("alice");
        assertThat(json(ask("GET", "/holds?item=/users/ada%2520l/notes/7", "", 200)))
                .isEqualTo(set);
        assertThat(json(ask("GET", "/holds?resource=notes", "", 200)).at("/holds/0"))
                .isEqualTo(set);
        assertThat(json(ask("GET", "/holds?resource=orders", "", 200))
                        .at("/holds")
                        .size())
                .isZero();
        ask("DELETE", "/holds?item=/users/ada%2520l/notes/7", "", 200);
        assertThat(ask("GET", "/holds?item=/users/ada%2520l/notes/7", "", 404)).contains("no-hold");
    }

    @Test
    void rebuildIsBegunAndWatched() {
        String item = upstream.create("/users/eve/notes", "{\"trashed\":true}");
        JsonNode begun = json(ask("POST", "/rebuild", "{\"collection\":\"/users/eve/notes\"}", 202));
        assertThat(begun.at("/collection").asString()).isEqualTo("/users/eve/notes");
        Awaitility.await()
                .until(() -> json(ask("GET", "/rebuild?collection=/users/eve/notes", "", 200))
                        .at("/state")
                        .asString()
                        .equals("done"));
        assertThat(json(ask("GET", "/rebuild", "", 200))
                        .at("/rebuilds/0/trashed")
                        .asInt())
                .isEqualTo(1);
        assertThat(gateway.get("/users/eve/notes/trashed").body()).contains(item);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /purge/now                       |                           | 404 | unknown-action",
                "POST   | /purge/confirm/notes/5           |                           | 404 | no-retention",
                "POST   | /purge/confirm/orders/0          |                           | 400 | invalid-count",
                "GET    | /holds                           |                           | 400 | missing-parameter",
                "GET    | /holds?resource=unknown          |                           | 404 | unknown-resource",
                "GET    | /holds?item=/orders              |                           | 404 | unknown-item",
                "GET    | /holds?item=/elsewhere/1         |                           | 404 | unknown-item",
                "GET    | /holds?item=/orders//1           |                           | 404 | unknown-item",
                "POST   | /holds | {\"item\":\"/orders/1\",\"reason\":\" \"}              | 400 | invalid-reason",
                "DELETE | /holds?item=/orders/1            |                           | 404 | no-hold",
                "POST   | /rebuild | {\"collection\":\"/orders/1\"}                       | 404 | unknown-collection",
                "GET    | /rebuild?collection=/users/x/notes |                         | 404 | no-rebuild",
                "DELETE | /rebuild?collection=/users/x/notes |                         | 404 | no-rebuild",
            })
    void whatCannotBeIsAProblemThatSaysSo(String method, String path, String body, int status, String code) {
        assertThat(ask(method, path, body == null ? "" : body, status)).contains("problems/" + code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /holds                  | {\"item\":\"/orders/1\"}",
                "POST   | /rebuild                | {}",
                "DELETE | /holds                  |",
                "POST   | /purge/confirm/orders/x |",
            })
    void whatIsMissingOrMalformedIs400(String method, String path, String body) {
        ask(method, path, body == null ? "" : body, 400);
    }

    /** Trashes so many orders, and waits until they are due. */
    private String due(int count) {
        String item = "";
        Instant purge = Instant.now();
        for (int i = 0; i < count; i++) {
            item = upstream.create("/orders", "{\"trashed\":false}");
            purge = Instant.parse(gateway.delete(item)
                    .headers()
                    .firstValue("Cenotaph-Purge-At")
                    .orElseThrow());
        }
        Instant last = purge;
        Awaitility.await().until(() -> !Instant.now().isBefore(last));
        return item;
    }

    private String ask(String method, String path, String body, int status) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + gateway.managementPort() + "/actuator" + path))
                .timeout(Duration.ofSeconds(10));
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as(method + " " + path + ": " + answer.body())
                    .isEqualTo(status);
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
