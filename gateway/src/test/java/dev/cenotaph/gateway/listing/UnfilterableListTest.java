package dev.cenotaph.gateway.listing;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cenotaph.gateway.testing.RawConnection;
import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.RawUpstream.Behaviour;
import dev.cenotaph.gateway.testing.TestGateway;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Lists that cannot be filtered: never a leak, never half a list that looks whole, and no connection is lost. */
@SuppressWarnings("StringConcatToTextBlock") // Line ends as they are on the wire.
class UnfilterableListTest {
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String ROW = "{\"id\":1,\"deleted_at\":null,\"text\":\"" + "x".repeat(80) + "\"}";
    private static final int HELD = 4096;
    private static final int CONNECTIONS = 4;
    private static final int REQUESTS = 1000;

    private static final RawUpstream UPSTREAM = RawUpstream.start();
    private static final TestGateway GATEWAY = TestGateway.with(
            TestGateway.policy(UPSTREAM.port(), """
                    strict: { path: /api/strict, marker: { timestamp: deleted_at } }
                    lax:
                      path: /api/lax
                      marker: { timestamp: deleted_at }
                      list: { on-unfilterable: pass }
                    """),
            "cenotaph.limits.list-held=" + HELD + "B",
            "cenotaph.limits.list-item=2KB",
            "spring.cloud.gateway.server.webflux.httpclient.pool.type=fixed",
            "spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=" + CONNECTIONS,
            "spring.cloud.gateway.server.webflux.httpclient.pool.acquire-timeout=10000");

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    static Stream<Named<String>> unfilterable() {
        return Stream.of(
                Named.of("HTML", response("200 OK", "Content-Type: text/html\r\n", "<p>")),
                Named.of("no type", response("200 OK", "", "[]")),
                Named.of("NDJSON", response("200 OK", "Content-Type: application/x-ndjson\r\n", ROW + "\n" + ROW)),
                Named.of("events", response("200 OK", "Content-Type: text/event-stream\r\n", "data: 1\n\n")),
                Named.of("brotli", response("200 OK", JSON + "Content-Encoding: br\r\n", "xxx")),
                Named.of("gzip twice", response("200 OK", JSON + "Content-Encoding: gzip, gzip\r\n", "xxx")),
                Named.of("not gzip", response("200 OK", JSON + "Content-Encoding: gzip\r\n", "xxxxxxxxxxxxxxxxx")),
                Named.of("half gzip", response("200 OK", JSON + "Content-Encoding: gzip\r\n", half(gzip("[1]")))),
                Named.of("part", response("206 Partial Content", JSON + "Content-Range: bytes 0-1/9\r\n", "[]")),
                Named.of("truncated", response("200 OK", JSON, "[" + ROW + "," + ROW)),
                Named.of("invalid", response("200 OK", JSON, "[" + ROW + ";" + ROW + "]")),
                Named.of("two documents", response("200 OK", JSON, "[" + ROW + "] [" + ROW + "]")),
                Named.of("UTF-16", response("200 OK", JSON, "\0[\0]")),
                Named.of("Latin-1", response("200 OK", JSON, "[{\"id\":1,\"x\":\"\u00e9\"}]")),
                Named.of("no array", response("200 OK", JSON, "{\"message\":\"\"}")),
                Named.of("nothing to know it by", response("200 OK", JSON, "[{\"price\":1}]")),
                Named.of("a row too long", response("200 OK", JSON, "[{\"id\":\"" + "x".repeat(2100) + "\"}]")),
                Named.of("no JSON at all", response("200 OK", JSON, "oops")));
    }

    @ParameterizedTest
    @MethodSource("unfilterable")
    void strictListIsKeptBack(String answer) {
        UPSTREAM.behave((asked, wire) -> wire.write(answer));
        HttpResponse<String> kept = GATEWAY.get("/api/strict");
        assertThat(kept.statusCode()).isEqualTo(502);
        assertThat(kept.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(kept.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(kept.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(kept.body()).contains("list-unfilterable").doesNotContain("\"id\"");
    }

    @ParameterizedTest
    @MethodSource("unfilterable")
    void laxListPassesAsItIs(String answer) {
        UPSTREAM.behave((asked, wire) -> wire.write(answer));
        String passed = GATEWAY.raw("GET /api/lax HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(passed.lines().findFirst()).isEqualTo(answer.lines().findFirst());
        assertThat(passed.substring(passed.indexOf("\r\n\r\n")))
                .isEqualTo(answer.substring(answer.indexOf("\r\n\r\n")));
    }

    @Test
    void laxListPassesAsItIsInHoweverManyPieces() {
        String answer = response("200 OK", JSON, "[" + ROW + ";" + ROW + "]");
        UPSTREAM.behave((asked, wire) -> {
            for (int at = 0; at < answer.length(); at++) {
                wire.write(answer.substring(at, at + 1));
            }
        });
        String passed = GATEWAY.raw("GET /api/lax HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(passed.substring(passed.indexOf("\r\n\r\n")))
                .isEqualTo(answer.substring(answer.indexOf("\r\n\r\n")));
    }

    @Test
    void gzipBombIsKeptBack() {
        String bomb = gzip("[" + " ".repeat(50_000_000) + "]");
        UPSTREAM.behave((asked, wire) -> wire.write(response("200 OK", JSON + "Content-Encoding: gzip\r\n", bomb)));
        assertThat(GATEWAY.get("/api/strict").statusCode()).isEqualTo(502);
    }

    static Stream<Named<Behaviour>> endings() {
        return Stream.of(
                Named.of("invalid", (asked, wire) -> wire.chunk(";").write("0\r\n\r\n")),
                Named.of("truncated", (asked, wire) -> wire.write("0\r\n\r\n")),
                Named.of("closed", (asked, wire) -> wire.close()),
                Named.of("reset", (asked, wire) -> wire.reset()),
                Named.of("no chunk", (asked, wire) -> wire.write("oops\r\n")));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void listThatFailsWhenBytesAreOutCutsTheConnection(Behaviour ending) {
        var bytesAreOut = new CountDownLatch(1);
        UPSTREAM.behave((asked, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + JSON + "\r\n")
                    .chunk("[" + ROW + ("," + ROW).repeat(200));
            RawUpstream.await(bytesAreOut);
            ending.answer(asked, wire);
        });
        try (var client = new RawConnection(GATEWAY.port())) {
            String begin =
                    client.send("GET /api/strict HTTP/1.1\r\nHost: x\r\n\r\n").readThrough(ROW);
            bytesAreOut.countDown();
            assertThat(begin).startsWith("HTTP/1.1 200");
            assertThat(client.readToEnd()).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void listThatBreaksBeforeBytesAreOutIsABadGateway() {
        UPSTREAM.behave((asked, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n" + JSON + "\r\n[" + ROW)
                .close());
        HttpResponse<String> answer = GATEWAY.get("/api/strict");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream-broken");
    }

    @Test
    void laxListPassesOnWhereItCannotBeFilteredHalfWay() {
        String long1 = "{\"id\":2,\"deleted_at\":null,\"text\":\"" + "y".repeat(3000) + "\"}";
        String trashed = "{\"id\":3,\"deleted_at\":\"2026-11-22T07:00:00Z\"}";
        String rows = (ROW + ",").repeat(200);
        UPSTREAM.behave((asked, wire) ->
                wire.write(response("200 OK", JSON, "[" + trashed + "," + rows + long1 + "," + trashed + "]")));
        assertThat(GATEWAY.get("/api/lax").body()).isEqualTo("[" + rows + long1 + "," + trashed + "]");
    }

    @Test
    void refusedAnswersLeakNeitherConnectionsNorBuffers() {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        var log = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
        var leaks = new ListAppender<ILoggingEvent>();
        leaks.start();
        log.addAppender(leaks);
        try {
            // Longer than one read, so that buffers wait in line when the answer is refused.
            String tail = "," + "9".repeat(100_000);
            for (String answer : Stream.of(
                            response("200 OK", "Content-Type: text/html\r\n", tail),
                            response("206 Partial Content", JSON, tail),
                            response("200 OK", JSON, "[;" + tail),
                            response("200 OK", JSON + "Content-Encoding: gzip\r\n", tail),
                            response("200 OK", JSON, "[{\"x\":1}" + tail),
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n")
                    .toList()) {
                UPSTREAM.behave((asked, wire) -> wire.write(answer));
                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(GATEWAY.get("/api/strict").body()).contains("list-unfilterable");
                }
            }
            await().untilAsserted(() -> assertThat(UPSTREAM.openConnections()).isLessThanOrEqualTo(CONNECTIONS));
            collectGarbage();
            assertThat(leaks.list).isEmpty();
        } finally {
            log.detachAppender(leaks);
            ResourceLeakDetector.setLevel(level);
        }
    }

    /** Leaks are reported when the next buffer is taken after the lost one was collected. */
    private static void collectGarbage() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            for (int buffer = 0; buffer < 500; buffer++) {
                ByteBufAllocator.DEFAULT.directBuffer(64).release();
            }
        }
    }

    private static String half(String text) {
        return text.substring(0, text.length() / 2);
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
