package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches that carry a DELETE for what a policy governs, and those that do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchGateTest {
    private static final String POLICIES = """
            orders: { path: /api/orders, marker: { timestamp: deleted_at }, unlink: ['/api/orders/{id}/tags/{tag}'] }
            patients: { path: /fhir/Patient, marker: { flag: trashed } }
            declared: { path: /api/declared, marker: { flag: trashed }, batch: pass }
            """;
    private static final String JSON = "application/json";
    private static final String ATOMIC = "application/vnd.api+json;ext=\"https://jsonapi.org/ext/atomic\"";
    private static final String MIXED = "multipart/mixed; boundary=b";
    private static final String PARTS = """
            --b
            Content-Type: application/http

            GET /api/orders/1 HTTP/1.1

            --b
            Content-Type: multipart/mixed; boundary=c

            --c
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            %s

            --c--
            --b--
            """;

    private final StubUpstream upstream = StubUpstream.answering(request -> Reply.json("{\"done\":true}"));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.forgetCalls();
    }

    static Stream<Arguments> carryingADelete() {
        return Stream.of(
                Arguments.of("/api/$batch", JSON, requests("DELETE", "orders/7")),
                Arguments.of("/api/$batch", JSON, requests("delete", "/api/orders/7?x=1")),
                Arguments.of(
                        "/api/$batch",
                        JSON,
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/7\","
                                + "\"headers\":{\"X-HTTP-Method-Override\":\"DELETE\"}}]}"),
                Arguments.of(
                        "/api/$batch",
                        JSON,
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/7\","
                                + "\"headers\":[{\"name\":\"x-method-override\",\"value\":\"delete\"}]}]}"),
                Arguments.of(
                        "/batch",
                        JSON,
                        "{\"requests\":[{\"httpMethod\":\"DELETE\",\"relativeUrl\":\"/api/orders/7\"}]}"),
                Arguments.of(
                        "/api/Bulk",
                        "application/scim+json",
                        "{\"Operations\":[{\"method\":\"DELETE\",\"path\":\"/orders/7\"}]}"),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "http://elsewhere/api/orders/7")),
                Arguments.of("/api/%24batch", JSON, requests("DELETE", "orders/7")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "Orders(7)")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "x/../orders/7")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "orders/7/lines/1")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "orders")),
                Arguments.of("/v1.0/$batch", JSON, requests("DELETE", "/orders/7")),
                Arguments.of("/api/$batch", MIXED, PARTS.formatted("DELETE orders/7 HTTP/1.1")),
                Arguments.of("/api/$batch", MIXED, PARTS.formatted("DELETE /api/orders/7 HTTP/1.1")),
                Arguments.of(
                        "/upload",
                        MIXED,
                        PARTS.formatted("DELETE /api/orders/7 HTTP/1.1").replace("\n", "\r\n")),
                Arguments.of(
                        "/api/$batch",
                        MIXED,
                        PARTS.formatted("POST orders/7 HTTP/1.1\nX-HTTP-Method-Override: DELETE")),
                Arguments.of("/api/orders/batch", JSON, requests("DELETE", "/api/orders/7")),
                Arguments.of(
                        "/operations",
                        ATOMIC,
                        "{\"atomic:operations\":[{\"op\":\"add\",\"data\":{\"type\":\"orders\"}},"
                                + "{\"op\":\"remove\",\"ref\":{\"type\":\"orders\",\"id\":\"7\"}}]}"),
                Arguments.of(
                        "/operations",
                        ATOMIC,
                        "{\"atomic:operations\":[{\"op\":\"remove\",\"href\":\"/api/orders/7\"}]}"),
                Arguments.of(
                        "/fhir",
                        "application/fhir+json",
                        "{\"resourceType\":\"Bundle\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/7\"}}]}"),
                Arguments.of(
                        "/fhir",
                        "application/fhir+json",
                        "{\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient?identifier=7\"}}]}"),
                Arguments.of(
                        "/fhir",
                        "application/fhir+xml",
                        "<Bundle><entry><request><method value=\"DELETE\"/><url value=\"Patient/7\"/></request></entry></Bundle>"),
                Arguments.of("/batch", JSON, "[{\"method\":\"DELETE\",\"relative_url\":\"api/orders/7\"}]"));
    }

    @ParameterizedTest
    @MethodSource("carryingADelete")
    void batchThatDeletesAGovernedItemIsRefused(String path, String type, String body) {
        HttpResponse<String> answer = gateway.send("POST", path, body, "Content-Type", type);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(upstream.calls()).isEmpty();
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("type").asString()).endsWith("batch-delete");
        assertThat(problem.get("policy").asString()).isIn("orders", "patients");
        assertThat(problem.get("part").asString()).isNotBlank();
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("/api/$batch", JSON, requests("GET", "orders/7")),
                Arguments.of("/api/$batch", JSON, requests("PATCH", "orders/7")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "things/7")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "declared/7")),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "orders/7/tags/red")),
                Arguments.of("/api/$batch", MIXED, PARTS.formatted("DELETE things/7 HTTP/1.1")),
                Arguments.of(
                        "/api/$batch",
                        MIXED,
                        PARTS.formatted("POST orders HTTP/1.1\n\n{\"text\":\"DELETE orders/7\"}")),
                Arguments.of(
                        "/operations",
                        ATOMIC,
                        "{\"atomic:operations\":[{\"op\":\"remove\",\"ref\":{\"type\":\"orders\",\"id\":\"7\","
                                + "\"relationship\":\"tags\"},\"data\":[]}]}"),
                Arguments.of("/things", JSON, requests("DELETE", "/api/orders/7")),
                Arguments.of("/batches", JSON, requests("DELETE", "/api/orders/7")));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void otherRequestPassesAsItCame(String path, String type, String body) {
        assertThat(gateway.send("POST", path, body, "Content-Type", type).statusCode())
                .isEqualTo(200);
        assertThat(upstream.received())
                .singleElement()
                .satisfies(one -> assertThat(one.body()).isEqualTo(body));
    }

    @Test
    void batchThatCannotBeReadIsRefused() throws Exception {
        assertThat(gateway.send("POST", "/api/$batch", "{\"requests\":[", "Content-Type", JSON)
                        .statusCode())
                .isEqualTo(422);
        assertThat(gateway.send(
                                "POST",
                                "/api/$batch",
                                "{\"method\":\"GET\",\"method\":\"DELETE\"}",
                                "Content-Type",
                                JSON)
                        .statusCode())
                .isEqualTo(422);
        assertThat(gateway.send(
                                "POST",
                                "/api/$batch",
                                PARTS.formatted("x").replace("binary", "base64"),
                                "Content-Type",
                                MIXED)
                        .statusCode())
                .isEqualTo(422);
        assertThat(sent("br", "anything".getBytes(StandardCharsets.UTF_8))).isEqualTo(415);
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void compressedBatchIsLookedInto() throws Exception {
        assertThat(sent("gzip", gzip(requests("DELETE", "orders/7")))).isEqualTo(422);
        assertThat(upstream.calls()).isEmpty();
        assertThat(sent("gzip", gzip(requests("GET", "orders/7")))).isEqualTo(200);
    }

    private int sent(String coding, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.url("/api/$batch"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", JSON)
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String requests(String method, String url) {
        return "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"orders/1\"},{\"id\":\"2\",\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}]}";
    }
}
