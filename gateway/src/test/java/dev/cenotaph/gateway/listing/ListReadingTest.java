package dev.cenotaph.gateway.listing;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as bytes on the wire: what goes out, and under which headers. */
@SuppressWarnings("StringConcatToTextBlock") // Line ends as they are on the wire.
class ListReadingTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String OF_THE_BYTES = "ETag: \"a1\"\r\nAccept-Ranges: bytes\r\nContent-MD5: x\r\nDigest: x\r\n"
            + "Repr-Digest: x\r\nContent-Digest: x\r\nLast-Modified: Sun, 22 Nov 2026 07:00:00 GMT\r\n";
    private static final String LIVE_ROWS = "[ {\"price\":1.10, \"n\":12345678901234567890 ,\"id\":1},\r\n"
            + "\t{\"id\":2,\"e\":\"\\u00e9\\/\\n\",\"z\":1E+2,\"a\":-0.0,\"deleted_at\":null} ]\n";

    private static final RawUpstream UPSTREAM = RawUpstream.start();
    private static final TestGateway GATEWAY = TestGateway.with(TestGateway.policy(UPSTREAM.port(), """
            orders: { path: /api/orders, marker: { timestamp: deleted_at }, answers: { gone: 404 } }
            crates: { path: /api/crates, marker: { flag: trashed } }
            boxes: { path: /api/boxes, marker: { flag: trashed }, list: { items: /data/rows, row: /box } }
            """));

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @Test
    void listWithoutTrashGoesOutWithItsOwnBytesAndHeaders() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON + OF_THE_BYTES, LIVE_ROWS)));
        String answer = get("/api/orders");
        assertThat(body(answer)).isEqualTo(LIVE_ROWS);
        assertThat(headerLines(answer)).contains(OF_THE_BYTES.split("\r\n"));
        assertThat(headerLines(answer)).contains("Content-Length: " + LIVE_ROWS.length());
        assertThat(answer).doesNotContainIgnoringCase("Transfer-Encoding");
    }

    @Test
    void chunkedListWithoutTrashStaysWhole() {
        UPSTREAM.behave((asked, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"a1\"\r\n" + JSON + "\r\n");
            for (int at = 0; at < LIVE_ROWS.length(); at++) {
                wire.chunk(LIVE_ROWS.substring(at, at + 1));
            }
            wire.write("0\r\n\r\n");
        });
        var answer = GATEWAY.get("/api/orders");
        assertThat(answer.body()).isEqualTo(LIVE_ROWS);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"a1\"");
    }

    @Test
    void listWithTrashLosesTheRowsAndTheHeadersThatSpeakOfThem() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON + OF_THE_BYTES, withTrash())));
        String answer = get("/api/orders");
        assertThat(body(answer)).isEqualTo(LIVE_ROWS);
        assertThat(headerLines(answer)).contains("Content-Length: " + LIVE_ROWS.length());
        assertThat(answer).containsPattern("(?i)\r\nETag: W/\"cenotaph-[0-9a-f]+\"\r\n");
        assertThat(answer)
                .doesNotContainIgnoringCase("\r\nAccept-Ranges:")
                .doesNotContainIgnoringCase("\r\nContent-MD5:")
                .doesNotContainIgnoringCase("Digest:")
                .doesNotContainIgnoringCase("\r\nLast-Modified:")
                .doesNotContain("\"a1\"");
    }

    @Test
    void ownEntityTagIsStableAndRevalidates() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON + OF_THE_BYTES, withTrash())));
        String tag = GATEWAY.get("/api/orders").headers().firstValue("ETag").orElseThrow();
        assertThat(GATEWAY.get("/api/orders").headers().firstValue("ETag")).hasValue(tag);
        for (String known : List.of(tag, tag.substring(2), "\"x\", " + tag, "*")) {
            var again = GATEWAY.get("/api/orders", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        }
        assertThat(GATEWAY.get("/api/orders", "If-None-Match", "\"x\"").statusCode())
                .isEqualTo(200);
        UPSTREAM.behave((asked, wire) ->
                wire.write(response("200 OK", JSON + OF_THE_BYTES, "[{\"id\":905,\"deleted_at\":1}]")));
        assertThat(GATEWAY.get("/api/orders").headers().firstValue("ETag")).isNotEqualTo(tag);
    }

    @Test
    void revalidatedListHasNoBody() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON + OF_THE_BYTES, withTrash())));
        String tag = GATEWAY.get("/api/orders").headers().firstValue("ETag").orElseThrow();
        String answer = get("/api/orders", "If-None-Match: \"x,y\"\r\nIf-None-Match: " + tag + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 304");
        assertThat(body(answer)).isEmpty();
    }

    @Test
    void entityTagIsNotInventedWhereTheUpstreamHasNone() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON, withTrash())));
        assertThat(get("/api/orders")).doesNotContainIgnoringCase("\r\nETag:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"id\":901,\"deleted_at\":1}]",
                "[ {\"id\":902,\"deleted_at\":\"2026-11-22T00:00:00Z\"} , {\"id\":903,\"deleted_at\":1} ]"
            })
    void emptiedListIsAnEmptyArray(String rows) {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON, rows)));
        var answer = GATEWAY.get("/api/orders");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("2");
    }

    @Test
    void envelopeAroundTheRowsStays() {
        String before = "{\"total\": 3 , \"rows\":[{\"trashed\":true}],\"data\":{\"rows\":[";
        String after = "],\"x\":1}, \"next\":null }";
        UPSTREAM.behave((asked, wire) -> wire.write(response(
                "200 OK",
                "Content-Type: application/hal+json; charset=utf-8\r\n",
                before + "{\"box\":{\"id\":1}}, {\"box\":{\"trashed\":true,\"id\":2}}" + after)));
        assertThat(GATEWAY.get("/api/boxes").body()).isEqualTo(before + "{\"box\":{\"id\":1}}" + after);
    }

    @Test
    void upstreamIsAskedForTheWholePlainList() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON, "[]")));
        String ranged = "Accept-Encoding: br, gzip\r\nRange: bytes=0-9\r\nIf-Range: \"a1\"\r\n";
        get("/api/orders?q=%20a+b&page=2", ranged);
        assertThat(UPSTREAM.lastAsked().uri()).isEqualTo("/api/orders?q=%20a+b&page=2");
        assertThat(UPSTREAM.lastAsked().header("Accept-Encoding")).containsExactly("identity");
        assertThat(UPSTREAM.lastAsked().header("Range")).isEmpty();
        assertThat(UPSTREAM.lastAsked().header("If-Range")).isEmpty();
        get("/api/orders/3", ranged);
        assertThat(UPSTREAM.lastAsked().header("Accept-Encoding")).containsExactly("br, gzip");
        assertThat(UPSTREAM.lastAsked().header("Range")).containsExactly("bytes=0-9");
        get("/elsewhere", ranged);
        assertThat(UPSTREAM.lastAsked().header("Accept-Encoding")).containsExactly("br, gzip");
        assertThat(UPSTREAM.lastAsked().header("If-Range")).containsExactly("\"a1\"");
    }

    @Test
    void gzipThatComesAnywayIsDecodedOnlyWhereRowsAreDropped() {
        String headers = JSON + "Content-Encoding: gzip\r\nETag: \"a1\"\r\n";
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", headers, gzip(LIVE_ROWS))));
        String untouched = get("/api/orders");
        assertThat(body(untouched)).isEqualTo(gzip(LIVE_ROWS));
        assertThat(headerLines(untouched)).contains("Content-Encoding: gzip", "ETag: \"a1\"");
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", headers, gzip(withTrash()))));
        String filtered = get("/api/orders");
        assertThat(body(filtered)).isEqualTo(LIVE_ROWS);
        assertThat(filtered).doesNotContainIgnoringCase("\r\nContent-Encoding:");
        assertThat(headerLines(filtered)).contains("Content-Length: " + LIVE_ROWS.length());
    }

    @Test
    void gzipInSeveralMembersIsOneBody() {
        String headers = JSON + "Content-Encoding: gzip\r\n";
        UPSTREAM.behave((asked, wire) ->
                wire.write(response("200 OK", headers, gzip("[{\"id\":904,\"deleted_at\":1},") + gzip("{\"id\":2}]"))));
        assertThat(body(get("/api/orders"))).isEqualTo("[{\"id\":2}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "301 Moved", "404 Not Found", "418 Teapot", "500 Oops", "599 Odd"})
    void answersThatAreNoListsPassAsTheyAre(String status) {
        String body = status.startsWith("204") ? "" : "{\"deleted_at\":1}";
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        UPSTREAM.behave((asked, wire) ->
                wire.write("HTTP/1.1 " + status + "\r\n" + length + JSON + OF_THE_BYTES + "\r\n" + body));
        String answer = get("/api/orders");
        assertThat(answer).startsWith("HTTP/1.1 " + status.substring(0, 3));
        assertThat(body(answer)).isEqualTo(body);
        assertThat(headerLines(answer)).contains(OF_THE_BYTES.split("\r\n"));
    }

    @Test
    void notModifiedPassesAsItIs() {
        UPSTREAM.behave((asked, wire) -> wire.write("HTTP/1.1 304 Not Modified\r\nETag: \"a1\"\r\n\r\n"));
        var answer = GATEWAY.get("/api/crates", "If-None-Match", "\"a1\"");
        assertThat(UPSTREAM.lastAsked().header("If-None-Match")).containsExactly("\"a1\"");
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"a1\"");
    }

    @Test
    void headPassesAsItIs() {
        UPSTREAM.behave((asked, wire) ->
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n" + JSON + OF_THE_BYTES + "\r\n"));
        var answer = GATEWAY.send("HEAD", "/api/orders", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("12345");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"a1\"");
    }

    @Test
    void emptyBodyIsNoList() {
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", "", "")));
        assertThat(GATEWAY.get("/api/orders").statusCode()).isEqualTo(200);
    }

    /** The live rows with a trashed one at every place. */
    private static String withTrash() {
        String trashed = "{\"id\":77,\"deleted_at\":\"2026-11-22T07:00:00Z\"}";
        return LIVE_ROWS
                .replace("[ {", "[ " + trashed + " , {")
                .replace("},\r\n", "} ,\n" + trashed + ",\r\n")
                .replace("} ]", "}, " + trashed + " ]");
    }

    private static String get(String uri) {
        return get(uri, "");
    }

    private static String get(String uri, String headers) {
        return GATEWAY.raw("GET " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static List<String> headerLines(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n")).lines().skip(1).toList();
    }

    private static String gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
