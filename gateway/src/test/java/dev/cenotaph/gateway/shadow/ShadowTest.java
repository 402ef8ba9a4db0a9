package dev.cenotaph.gateway.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shadow counts, and that it learns nothing. */
class ShadowTest {
    private static final String LIST =
            "[{\"id\":1,\"trashed\":false},{\"id\":2,\"trashed\":true},{\"id\":3,\"trashed\":true}]";
    private static final String GONE = "{\"id\":2,\"trashed\":true}";

    private final RawUpstream upstream = RawUpstream.start();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "chain"})
    void listThatWouldBeStrippedPassesAndIsCounted(String forwarding) throws Exception {
        answer("Content-Type: application/json\r\n", LIST);
        try (TestGateway gateway = gateway("cenotaph.forwarding=" + forwarding)) {
            assertThat(gateway.get("/orders").body()).isEqualTo(LIST);
            assertThat(gateway.get("/orders?with_trashed=true").body()).isEqualTo(LIST);
            awaitCount(gateway, "read-list", "stripped", 1);
            awaitCount(gateway, "read-list", "same", 1);
            assertThat(orders(gateway).get("stripped_rows").asInt()).isEqualTo(2);
            assertThat(gateway.get("/orders/2").body()).isEqualTo(LIST);
        }
    }

    @Test
    void compressedListIsCountedToo() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(LIST.getBytes(StandardCharsets.UTF_8));
        }
        answer(
                "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                bytes.toString(StandardCharsets.ISO_8859_1));
        try (TestGateway gateway = gateway()) {
            gateway.get("/orders", "Accept-Encoding", "gzip");
            awaitCount(gateway, "read-list", "stripped", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"id\":1,", "{\"no\":\"list\"}", "[{\"neither\":1}]", "no json"})
    void listThatWouldBeKeptBackPassesAndIsCounted(String body) throws Exception {
        answer("Content-Type: application/json\r\n", body);
        try (TestGateway gateway = gateway()) {
            assertThat(gateway.get("/orders").body()).isEqualTo(body);
            awaitCount(gateway, "read-list", "unfilterable", 1);
        }
    }

    @Test
    void listInAnUnknownCodingIsNotJudged() throws Exception {
        answer("Content-Type: application/json\r\nContent-Encoding: br\r\n", "xyz");
        try (TestGateway gateway = gateway()) {
            assertThat(gateway.get("/orders").body()).isEqualTo("xyz");
            awaitCount(gateway, "read-list", "unknown", 1);
        }
    }

    @Test
    void itemWhoseMarkerIsSetPassesAndIsCounted() throws Exception {
        answer("Content-Type: application/json\r\n", GONE);
        try (TestGateway gateway = gateway()) {
            assertThat(gateway.get("/orders/2").body()).isEqualTo(GONE);
            awaitCount(gateway, "read-item", "gone", 1);
            assertThat(gateway.get("/orders/2?with_trashed=true").body()).isEqualTo(GONE);
            awaitCount(gateway, "read-item", "same", 1);
        }
    }

    @Test
    void hardDeleteAndRefusalsPassAndAreCounted() throws Exception {
        try (TestGateway gateway = gateway()) {
            assertThat(gateway.delete("/orders/2").statusCode()).isEqualTo(200);
            assertThat(gateway.delete("/orders").statusCode()).isEqualTo(200);
            assertThat(gateway.delete("/orders/2/lines/3").statusCode()).isEqualTo(200);
            assertThat(gateway.get("//orders/2").statusCode()).isEqualTo(200);
            assertThat(gateway.post("/orders/2:undelete").statusCode()).isEqualTo(200);
            assertThat(upstream.asked()).extracting(RawUpstream.Asked::method).contains("DELETE");
            awaitCount(gateway, "soft-delete", "trashed", 1);
            awaitCount(gateway, "refused", "refused", 2);
            awaitCount(gateway, "ambiguous", "refused", 1);
            awaitCount(gateway, "restore", "unknown", 1);
            JsonNode orders = orders(gateway);
            assertThat(orders.get("since").asString()).isNotEmpty();
            assertThat(orders.get("examples")).hasSize(5);
            assertThat(orders.get("examples").toString()).contains("\"DELETE /orders/2\"");
            assertThat(management(gateway, "metrics/cenotaph.shadow?tag=outcome:trashed")
                            .at("/measurements/0/value")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "204 No Content, trashed",
        "202 Accepted, trashed",
        "404 Not Found, same",
        "403 Forbidden, same",
        "401 Unauthorized, same",
        "500 Internal Server Error, same"
    })
    void deleteThatTheUpstreamRefusesWouldHaveTrashedNothing(String status, String outcome) throws Exception {
        upstream.behave((asked, wire) -> wire.write(RawUpstream.response(status, "", "")));
        try (TestGateway gateway = gateway()) {
            gateway.delete("/orders/9999");
            awaitCount(gateway, "soft-delete", outcome, 1);
        }
    }

    /** google-aip: whoever has the URL of a trashed item sees it. */
    @Test
    void presetThatShowsTrashedItemsIsJudgedAsItIs() throws Exception {
        answer("Content-Type: application/json\r\n", GONE);
        try (TestGateway gateway = TestGateway.with("preset: google-aip\n"
                + TestGateway.policy(
                        upstream.port(), "orders: { path: /orders, mode: shadow, marker: { flag: trashed } }\n"))) {
            assertThat(gateway.get("/orders/2").body()).isEqualTo(GONE);
            awaitCount(gateway, "read-item", "same", 1);
        }
    }

    /** Nothing that passed in shadow makes anything gone when the policy acts again. */
    @Test
    void storeStaysAsItWas() throws Exception {
        answer("Content-Type: application/json\r\n", LIST);
        try (TestGateway gateway = gateway()) {
            gateway.get("/orders");
            gateway.delete("/orders/1");
            awaitCount(gateway, "read-list", "stripped", 1);
            assertThat(gateway.auditOf("1")).isEmpty();
            assertThat(gateway.auditOf("2")).isEmpty();
        }
    }

    @Test
    void whatIsTrashedAlreadyShowsAndIsCounted() throws Exception {
        upstream.behave((asked, wire) -> wire.write(RawUpstream.response(
                "200 OK",
                "Content-Type: application/json\r\n",
                asked.method().equals("PATCH") ? GONE : "{\"id\":2,\"trashed\":false}")));
        String policy = TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }");
        try (TestGateway gateway = TestGateway.with(policy)) {
            assertThat(gateway.delete("/orders/2").statusCode()).isEqualTo(204);
            gateway.restartWith("cenotaph.mode=shadow");
            assertThat(gateway.get("/orders/2").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/orders/2/lines").statusCode()).isEqualTo(200);
            assertThat(gateway.delete("/orders/2").statusCode()).isEqualTo(200);
            awaitCount(gateway, "read-item", "gone", 1);
            awaitCount(gateway, "pass", "gone", 1);
            awaitCount(gateway, "soft-delete", "gone", 1);
            assertThat(gateway.auditOf("2")).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /mailings/1 | {"id":1,"order":{"id":2,"trashed":true}}  | stripped
                    /mailings/1 | {"id":1,"order":{"id":2,"trashed":false}} | same
                    /mailings/1 | {"id":1,"order":{"neither":1}}            | unfilterable
                    /mailings/1 | no json                                   | unfilterable
                    /bills/1    | {"id":1,"order":{"id":2,"trashed":true}}  | stripped
                    """)
    void itemsInsideOtherAnswersShowAndAreCounted(String path, String body, String outcome) throws Exception {
        answer("Content-Type: application/json\r\n", body);
        String policy = TestGateway.policy(upstream.port(), """
                orders:
                  path: /orders
                  mode: shadow
                  marker: { flag: trashed }
                  embedded: [{ path: "/mailings/{id}", at: /order }, { path: "/bills/{id}", at: /order }]
                bills: { path: /bills, marker: { flag: trashed } }
                """);
        try (TestGateway gateway = TestGateway.with(policy)) {
            assertThat(gateway.get(path).body()).isEqualTo(body);
            awaitCount(gateway, "embedded", outcome, 1);
            assertThat(gateway.get("/elsewhere").body()).isEqualTo(body);
            assertThat(gateway.delete("/mailings/1").statusCode()).isEqualTo(200);
            awaitCount(gateway, "embedded", outcome, 1);
        }
    }

    @Test
    void neighbourInForceIsGovernedAsEver() throws Exception {
        String policy = TestGateway.policy(upstream.port(), """
                orders: { path: /orders, mode: shadow, marker: { flag: trashed } }
                notes: { path: /notes, marker: { flag: trashed } }
                """);
        answer("Content-Type: application/json\r\n", LIST);
        try (TestGateway gateway = TestGateway.with(policy)) {
            assertThat(gateway.get("/orders").body()).isEqualTo(LIST);
            assertThat(gateway.get("/notes").body()).isEqualTo("[{\"id\":1,\"trashed\":false}]");
            assertThat(gateway.delete("/notes").statusCode()).isEqualTo(405);
            assertThat(gateway.delete("/orders/..%2fnotes/7").statusCode()).isEqualTo(400);
        }
    }

    private void answer(String headers, String body) {
        upstream.behave((asked, wire) -> wire.write(RawUpstream.response("200 OK", headers, body)));
    }

    private TestGateway gateway(String... settings) {
        String[] all = new String[settings.length + 1];
        all[0] = "cenotaph.mode=shadow";
        System.arraycopy(settings, 0, all, 1, settings.length);
        return TestGateway.with(
                TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }"), all);
    }

    private void awaitCount(TestGateway gateway, String operation, String outcome, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(orders(gateway)
                                .get("operations")
                                .path(operation)
                                .path(outcome)
                                .asInt(0))
                        .isEqualTo(count));
    }

    private JsonNode orders(TestGateway gateway) throws IOException, InterruptedException {
        return management(gateway, "shadow").get("resources").get(0);
    }

    private JsonNode management(TestGateway gateway, String endpoint) throws IOException, InterruptedException {
        URI url = URI.create("http://localhost:" + gateway.managementPort() + "/actuator/" + endpoint);
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
        return JsonMapper.shared()
                .readTree(client.send(request, BodyHandlers.ofString()).body());
    }
}
