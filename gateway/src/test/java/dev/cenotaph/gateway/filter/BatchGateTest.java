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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;
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
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MIXED = "multipart/mixed; boundary=b";
    private static final String BUNDLE =
            "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[{\"request\":{\"method\":\"%s\",\"url\":\"%s\"}}]}";
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

    /** Nothing but the body tells that these are batches. */
    static Stream<Arguments> carryingADeleteUnannounced() {
        return Stream.of(
                Arguments.of("/fhir", JSON, BUNDLE.formatted("transaction", "DELETE", "Patient/7")),
                Arguments.of("/fhir/", JSON, BUNDLE.formatted("Batch", "delete", "Patient/7")),
                Arguments.of("/fhir", JSON, BUNDLE.formatted("unheard-of", "DELETE", "Patient?name=x")),
                Arguments.of("/FHIR", JSON, BUNDLE.formatted("batch", "DELETE", "Patient/7")),
                Arguments.of("/%66hir", JSON, BUNDLE.formatted("batch", "DELETE", "Patient/7")),
                Arguments.of("/", JSON, BUNDLE.formatted("batch", "DELETE", "fhir/Patient/7")),
                Arguments.of("/fhir", "", BUNDLE.formatted("batch", "DELETE", "Patient/7")),
                Arguments.of("/fhir", "text/plain", BUNDLE.formatted("batch", "DELETE", "Patient/7")),
                Arguments.of(
                        "/fhir",
                        "application/xml",
                        "<Bundle><entry><request><method value=\"DELETE\"/><url value=\"Patient/7\"/></request></entry></Bundle>"),
                Arguments.of("/operations", JSON, atomic("orders")),
                Arguments.of("/operations", "application/vnd.api+json", atomic("orders")),
                Arguments.of("/api", "application/vnd.api+json", atomic("order")),
                Arguments.of("/shop/v1/Operations/", JSON, atomic("orders")),
                Arguments.of("/api/oper%61tions", JSON, atomic("orders")),
                Arguments.of(
                        "/api/operations",
                        JSON,
                        "{\"atomic:operations\":[{\"Op\":\"Remove\",\"href\":\"/orders/7\"}]}"),
                Arguments.of("/api", JSON, requests("DELETE", "orders/7")),
                Arguments.of("/", JSON, "[{\"method\":\"DELETE\",\"path\":\"/api/orders/7\"}]"),
                Arguments.of(
                        "/scim/Bulk", JSON, "{\"Operations\":[{\"method\":\"DELETE\",\"path\":\"/api/orders/7\"}]}"));
    }

    /** Forms in which some server would read the URL of a governed item all the same. */
    static Stream<Arguments> carryingADeleteInDisguise() {
        return Stream.of(
                        "//host/api/orders/7",
                        "https:/host/api/orders/7",
                        "http:/api/orders/7",
                        "http%3A%2F%2Fhost%2Fapi%2Forders%2F7",
                        "HTTP://user@host:80/api/./orders/7",
                        "api/%6Frders/7",
                        "API/Orders/7",
                        "api%2Forders%2F7",
                        "/api/x/../orders/7",
                        "\\\\api\\\\orders\\\\7",
                        "/api/or\\tders/7",
                        "/api/\\u006frders/7",
                        "/orders/7")
                .flatMap(url -> Stream.of("/api/$batch", "/api/v1/tools/batch", "/api")
                        .map(path -> Arguments.of(path, JSON, requests("DELETE", url))));
    }

    /** No part names the method DELETE in the place where a standard has it. */
    static Stream<Arguments> carryingADeleteInOtherWords() {
        Stream<Arguments> parts = Stream.of(
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/1?_method=DELETE\"}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/1?a=b&%5Fmethod=%64elete\"}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/1?[method=DELETE\"}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/1\",\"body\":{\"_method\":\"DELETE\"}}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/1\",\"body\":\"_method=delete&x=1\"}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/1\",\"body\":\"{\\\"_method\\\":\\\"delete\\\"}\"}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders:batchDelete\",\"body\":{\"ids\":[1]}}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders:BatchDelete\",\"body\":{\"ids\":[1]}}]}",
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/orders/trashed:purge\"}]}")
                .flatMap(body -> Stream.of("/api/$batch", "/bulk", "/api").map(path -> Arguments.of(path, JSON, body)));
        Stream<Arguments> own = Stream.of(
                        "{\"batch\":[\"DELETE /api/orders/1\"]}",
                        "{\"calls\":[\"delete api/orders/1 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\"]}",
                        "[\"POST /api/orders/1?_method=DELETE\"]",
                        "[\"POST /api/orders:batchDelete\"]",
                        "{\"jobs\":[{\"verb\":\"DELETE\",\"path\":\"/api/orders/1\"}]}",
                        "{\"jobs\":[{\"method\":\"DELETE\",\"path\":\"/api/orders/1\"}]}",
                        "{\"jobs\":[{\"verb\":\"POST\",\"path\":\"/api/orders:batchDelete\"}]}",
                        "[{\"action\":\"delete\",\"uri\":\"/api/orders/1\"}]")
                .flatMap(body -> Stream.of("/batch", "/api/batch.json", "/bulk", "/api/bulk.json", "/x/Bulk.XML")
                        .map(path -> Arguments.of(path, JSON, body)));
        Stream<Arguments> texts = Stream.of(
                Arguments.of("/api/$batch", MIXED, PARTS.formatted("POST orders/7?_method=DELETE HTTP/1.1")),
                Arguments.of("/api/$batch", MIXED, PARTS.formatted("POST /api/orders:batchDelete HTTP/1.1")),
                Arguments.of(
                        "/api/$batch", MIXED, PARTS.formatted("POST orders/7 HTTP/1.1\n\n{\"_method\": \"DELETE\"}")),
                Arguments.of("/api/$batch", MIXED, PARTS.formatted("POST orders/7 HTTP/1.1\n\nx=1&_method=DELETE")),
                Arguments.of("/bulk", "text/plain", "DELETE /api/orders/7"),
                Arguments.of("/batch.xml", "text/plain", "DELETE /api/orders/7"),
                Arguments.of("/fhir", JSON, BUNDLE.formatted("transaction", "POST", "Patient/7?_method=DELETE")),
                Arguments.of(
                        "/fhir",
                        "application/fhir+xml",
                        "<Bundle><entry><request><method value=\"POST\"/><url value=\"Patient/7?x&amp;_method=DELETE\"/></request></entry></Bundle>"));
        Stream<Arguments> keys = Stream.of(
                        "/api/orders(7)", "orders(7)", "/api/orders%287%29", "http://host/api/orders(id='7')/lines(1)")
                .flatMap(url -> Stream.of(
                        Arguments.of("/api/$batch", JSON, requests("DELETE", url)),
                        Arguments.of("/api/bulk", JSON, "[{\"verb\":\"delete\",\"path\":\"" + url + "\"}]")));
        return Stream.of(parts, own, texts, keys).flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource({
        "carryingADelete",
        "carryingADeleteUnannounced",
        "carryingADeleteInDisguise",
        "carryingADeleteInOtherWords"
    })
    void batchThatDeletesAGovernedItemIsRefused(String path, String type, String body) throws Exception {
        HttpResponse<String> answer = sent(path, type, body);
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
                Arguments.of("/batches", JSON, requests("DELETE", "/api/orders/7")),
                Arguments.of("/fhir", JSON, BUNDLE.formatted("transaction", "PUT", "Patient/7")),
                Arguments.of("/fhir", JSON, BUNDLE.formatted("batch", "DELETE", "Observation/7")),
                Arguments.of("/fhir", JSON, BUNDLE.formatted("history", "DELETE", "Patient/7")),
                Arguments.of("/operations", JSON, atomic("people")),
                Arguments.of("/api", JSON, " {\"method\" : \"DELETE\", \"url\":\"/api/orders/7\"}\n"),
                Arguments.of("/api", JSON, "{\"text\":\"not closed"),
                Arguments.of("/api", "text/plain", "DELETE /api/orders/7"),
                Arguments.of("/", JSON, "[{\"jsonrpc\":\"2.0\",\"method\":\"delete\",\"params\":[7]}]"),
                Arguments.of("/", JSON, ""),
                Arguments.of(
                        "/api/$batch",
                        JSON,
                        "{\"requests\":[{\"method\":\"POST\",\"url\":\"things\",\"body\":{\"method\":\"delete\"}}]}"),
                Arguments.of("/api/$batch", JSON, requests("DELETE", "things/7/$ref")),
                Arguments.of("/api/$batch", JSON, requests("POST", "things/7?_method=DELETE")),
                Arguments.of("/api/$batch", JSON, requests("POST", "orders/7?_method=PATCH")),
                Arguments.of("/api/$batch", JSON, requests("POST", "orders:batchGet")),
                Arguments.of("/api/$batch", JSON, requests("POST", "orders/trashed:restore")),
                Arguments.of("/api/$batch", JSON, requests("GET", "orders:batchDelete")),
                Arguments.of("/api/$batch", JSON, requests("POST", "declared/trashed:purge")),
                Arguments.of("/batch", JSON, "{\"jobs\":[{\"action\":\"delete\",\"id\":7,\"type\":\"orders\"}]}"),
                Arguments.of("/batch", JSON, "[{\"action\":\"delete\",\"path\":\"$.orders\"}]"),
                Arguments.of("/bulk", JSON, "[{\"verb\":\"delete\",\"uri\":\"/api/things/1\"}]"),
                Arguments.of("/bulk", JSON, "[\"DELETE /api/things/1\", \"Delete orders\", \"delete\"]"),
                Arguments.of("/bulk", JSON, "{\"text\":\"not closed"),
                Arguments.of("/bulk", FORM, "deleted_at=&undelete=1&mail=a%40b.example"),
                Arguments.of("/batch", FORM, "x=%7B%22deleted%22%3Afalse%7D"),
                Arguments.of("/things", FORM, "batch=DELETE+/api/orders/7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch=%5B%7B%22method%22%3A%22DELETE%22%2C%22relative_url%22%3A%22api%2Forders%2F7%22%7D%5D",
                "batch=DELETE+/api/orders/7",
                "requests[0][method]=delete&requests[0][url]=/api/orders/7",
                "batch=[{\"method\":\"\\u0044ELETE\"}]",
                "method=%2544ELETE"
            })
    void formThatNamesADeleteIsRefusedWhereABatchComes(String form) throws Exception {
        for (String path : List.of("/batch", "/api/$batch", "/bulk", "/bulk.json")) {
            HttpResponse<String> answer = sent(path, FORM, form);
            assertThat(answer.statusCode()).as(path).isEqualTo(422);
            assertThat(answer.body()).contains("batch-unreadable");
        }
        assertThat(upstream.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void otherRequestPassesAsItCame(String path, String type, String body) throws Exception {
        assertThat(sent(path, type, body).statusCode()).isEqualTo(200);
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
        assertThat(sent("/api/$batch", "br", "anything".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(415);
        assertThat(upstream.calls()).isEmpty();
    }

    static Stream<Arguments> inDoubt() {
        String twice = "{\"requests\":[{\"method\":\"%s\",\"method\":\"%s\",\"url\":\"orders/7\"}]}";
        return Stream.of("/api", "/api/$batch")
                .flatMap(path -> Stream.of(
                                twice.formatted("GET", "DELETE"),
                                twice.formatted("DELETE", "GET"),
                                "{\"requests\":[{\"method\":\"DELETE\",\"url\":\"orders/7\",}]}",
                                "{requests:[{method:'\\x44ELETE',url:'orders/7'}]}",
                                "{\"requests\":[{\"method\":\"DELETE\",\"target\":\"orders/7\"}]}",
                                "{\"requests\":[{\"id\":\"1\",\"method\":\"PATCH\",\"url\":\"orders/7\"},{\"method\":\"DELETE\",\"url\":\"$1\"}]}",
                                "{\"requests\":[{\"method\":\"POST\",\"url\":\"/api/$batch\",\"body\":\"eyJy\"}]}",
                                "{\"requests\":[{\"method\":\"post\",\"url\":\"%24batch?x\"}]}")
                        .map(body -> Arguments.of(path, body)));
    }

    @ParameterizedTest
    @MethodSource("inDoubt")
    void whatMayBeADeleteIsRefused(String path, String body) throws Exception {
        HttpResponse<String> answer = sent(path, JSON, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("batch-unreadable");
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void otherCharsetsAreReadOrRefused() throws Exception {
        String body = requests("DELETE", "orders/7");
        for (String path : List.of("/api", "/api/$batch")) {
            for (Charset charset : List.of(
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_16BE,
                    StandardCharsets.UTF_16,
                    Charset.forName("UTF-32"))) {
                assertThat(sentAs(path, JSON, body.getBytes(charset)).body())
                        .as("%s", charset)
                        .contains("batch-delete");
            }
            byte[] marked = ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8);
            assertThat(sentAs(path, JSON, marked).body()).contains("batch-delete");
            byte[] mainframe = body.getBytes(Charset.forName("IBM037"));
            assertThat(sentAs(path, JSON + ";charset=ibm037", mainframe).body()).contains("batch-unreadable");
        }
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void partsThatHoldBatchesOrWordsInCodeAreRefused() throws Exception {
        for (String part : List.of(
                "POST /api/$batch HTTP/1.1\nContent-Type: application/json\n\n" + requests("DELETE", "orders/7"),
                "DELETE $1 HTTP/1.1")) {
            assertThat(sent("/api/$batch", MIXED, PARTS.formatted(part)).body()).contains("batch-unreadable");
        }
        String xml =
                "<Bundle><entry><request><method value=\"&#68;ELETE\"/><url value=\"Patient/7\"/></request></entry></Bundle>";
        for (String type : List.of("application/fhir+xml", "application/xml")) {
            assertThat(sent("/fhir", type, xml).body()).contains("batch-unreadable");
            assertThat(sentAs("/fhir", type, xml.getBytes(StandardCharsets.UTF_16))
                            .body())
                    .contains("batch-unreadable");
        }
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void batchInJsonIsReadWhateverItsMediaType() throws Exception {
        for (String type : List.of("", "text/plain", "application/octet-stream")) {
            assertThat(sent("/api/$batch", type, requests("DELETE", "orders/7")).body())
                    .contains("batch-delete");
        }
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void unannouncedBatchIsDecodedAndBounded() throws Exception {
        assertThat(sent("/api", "gzip", gzip(requests("DELETE", "orders/7")))).isEqualTo(422);
        assertThat(sent("/api", "br", "anything".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(415);
        String tooLong = "[\"" + "x".repeat(17 << 20) + "\"]";
        assertThat(sent("/api", JSON, tooLong).statusCode()).isEqualTo(413);
        assertThat(upstream.calls()).isEmpty();
    }

    @Test
    void compressedBatchIsLookedInto() throws Exception {
        assertThat(sent("/api/$batch", "gzip", gzip(requests("DELETE", "orders/7"))))
                .isEqualTo(422);
        assertThat(upstream.calls()).isEmpty();
        assertThat(sent("/api/$batch", "gzip", gzip(requests("GET", "orders/7"))))
                .isEqualTo(200);
    }

    private HttpResponse<String> sent(String path, String type, String body) throws IOException, InterruptedException {
        return sentAs(path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> sentAs(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private int sent(String path, String coding, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.url(path))
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

    private static String atomic(String type) {
        return "{\"atomic:operations\":[{\"op\":\"remove\",\"ref\":{\"type\":\"" + type + "\",\"id\":\"7\"}}]}";
    }

    private static String requests(String method, String url) {
        return "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"orders/1\"},{\"id\":\"2\",\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}]}";
    }
}
