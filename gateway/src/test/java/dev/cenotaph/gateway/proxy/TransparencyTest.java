package dev.cenotaph.gateway.proxy;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.RawConnection;
import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.RawUpstream.Behaviour;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no policy governs passes unchanged, in both directions, byte for byte and as it comes. */
@SuppressWarnings("StringConcatToTextBlock") // Line ends as they are on the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransparencyTest {
    private final RawUpstream upstream = RawUpstream.start();
    private final TestGateway gateway;

    /** @param way how the gateway forwards */
    TransparencyTest(String way) {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
                        orders: { path: /api/orders, marker: { timestamp: deleted_at } }
                        loose: { path: /api/loose, mode: off, marker: { timestamp: deleted_at } }
                        """), "cenotaph.forwarding=" + way);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "PROPFIND", "PURGE", "REPORT", "get"})
    void everyMethodPasses(String method) {
        echo();
        String answer = exchange(method + " /other/7 HTTP/1.1\r\nContent-Length: 2\r\n", "ab");
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(upstream.lastAsked().line()).isEqualTo(method + " /other/7 HTTP/1.1");
        assertThat(upstream.lastAsked().body()).asString(ISO_8859_1).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/other/a%20b%2Fc%252F",
                "/other/%e2%82%ac/%E2%82%AC",
                "/other/;v=1/a:b@c,d$!'()*+~_-.",
                "/other?",
                "/other?a=1&a=2&&b&=c&d==",
                "/other?q=a+b%20c%2B&x=%E2%82%AC",
                "/other?filter[name]=a&ids[]=1",
                "/other?filter[name]=a%20b&ids[]=1",
                "/other/a%20b?ids[]=1",
                "/other?with_trashed=true&permanent=maybe",
                "/other?url=http://x/?a=b:c@d/e?f"
            })
    void pathAndQueryPassByteForByte(String uri) {
        echo();
        exchange("GET " + uri + " HTTP/1.1\r\n", "");
        assertThat(upstream.lastAsked().uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/orders/a%20b?ids[]=1", "/api/orders/7?filter[name]=a%20b&x=%5B", "/api/orders?f[]=%20"})
    void governedPathAndQueryPassByteForByte(String uri) {
        echo();
        exchange("GET " + uri + " HTTP/1.1\r\n", "");
        assertThat(upstream.lastAsked().uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other?e=%zz", "/other/%zz", "/other/%", "/other?a|b"})
    void whatIsNoUrlGoesNowhere(String uri) {
        upstream.forget();
        assertThat(exchange("GET " + uri + " HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 400");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void requestHeadersPassAsTheyCame() {
        echo();
        exchange(
                "GET /other HTTP/1.1\r\nX-Odd: a\r\nx-oDD: b\r\nX-Empty:\r\nX_Under.Score~: !#$%&'*\r\n"
                        + "X-Latin: caf\u00e9\r\nCookie: a=b; c=d\r\nAuthorization: Basic x=\r\nUser-Agent: Odd/1\r\n"
                        + "Accept: x/y;q=0.1\r\nAccept-Encoding: br, zstd\r\nRange: bytes=0-1\r\nIf-Match: \"a\"\r\n"
                        + "X-HTTP-Method-Override: DELETE\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=x\r\n",
                "");
        var asked = upstream.lastAsked();
        assertThat(asked.header("X-Odd")).containsExactly("a", "b");
        assertThat(asked.header("X-Empty")).containsExactly("");
        assertThat(asked.header("X_Under.Score~")).containsExactly("!#$%&'*");
        assertThat(asked.header("X-Latin")).containsExactly("caf\u00e9");
        assertThat(asked.header("Cookie")).containsExactly("a=b; c=d");
        assertThat(asked.header("Authorization")).containsExactly("Basic x=");
        assertThat(asked.header("User-Agent")).containsExactly("Odd/1");
        assertThat(asked.header("Accept")).containsExactly("x/y;q=0.1");
        assertThat(asked.header("Accept-Encoding")).containsExactly("br, zstd");
        assertThat(asked.header("Range")).containsExactly("bytes=0-1");
        assertThat(asked.header("If-Match")).containsExactly("\"a\"");
        assertThat(asked.header("X-HTTP-Method-Override")).containsExactly("DELETE");
    }

    @Test
    void clientIsNotGivenAway() {
        echo();
        exchange("GET /other HTTP/1.1\r\n", "");
        assertThat(upstream.lastAsked().header("Accept-Encoding")).isEmpty();
        assertThat(upstream.lastAsked().header("Forwarded")).isEmpty();
        assertThat(upstream.lastAsked().header("X-Forwarded-For")).isEmpty();
    }

    @Test
    void responseHeadersPassAsTheyCame() {
        upstream.behave((asked, wire) -> wire.write(response(
                "200 OK",
                "Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nX-Odd: 1\r\nX-Odd: 2\r\nServer: Legacy\r\nX-Empty:\r\n"
                        + "ETag: W/\"x\"\r\nVary: *\r\nLink: <a>; rel=next\r\nContent-Type: Odd/Type; a=\"b\"\r\n"
                        + "Date: Sun, 22 Nov 2026 07:00:00 GMT\r\nCache-Control: public\r\n",
                "body")));
        List<String> lines = exchange("GET /other HTTP/1.1\r\n", "").lines().toList();
        assertThat(lines)
                .containsSubsequence("Set-Cookie: a=1; Path=/", "Set-Cookie: b=2")
                .containsSubsequence("X-Odd: 1", "X-Odd: 2")
                .contains("Server: Legacy", "ETag: W/\"x\"", "Vary: *", "Link: <a>; rel=next")
                .contains("Content-Type: Odd/Type; a=\"b\"", "Date: Sun, 22 Nov 2026 07:00:00 GMT")
                .contains("Cache-Control: public", "Content-Length: 4")
                .noneMatch(line -> line.startsWith("Cenotaph"))
                .filteredOn(line -> line.startsWith("Date:") || line.startsWith("Cache-Control"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {200, 201, 202, 206, 300, 301, 302, 307, 400, 401, 404, 405, 410, 418, 429, 451, 500, 502, 503, 599})
    void everyStatusPasses(int status) {
        upstream.behave((asked, wire) -> wire.write(response(status + " Odd", "Location: http://other/\r\n", "why")));
        HttpResponse<String> answer = gateway.get("/other");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("why");
        assertThat(answer.headers().firstValue("Location")).hasValue("http://other/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void answersWithoutABodyPass(String status) {
        upstream.behave((asked, wire) -> wire.write("HTTP/1.1 " + status + "\r\nETag: \"a\"\r\n\r\n"));
        String answer = exchange("GET /other HTTP/1.1\r\n", "");
        assertThat(answer).startsWith("HTTP/1.1 " + status.substring(0, 3)).endsWith("\r\n\r\n");
        assertThat(answer).contains("ETag: \"a\"").doesNotContain("\r\n0\r\n");
    }

    @Test
    void headHasTheLengthOfTheGet() {
        upstream.behave((asked, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Length: 987654\r\n\r\n"));
        assertThat(gateway.send("HEAD", "/other", "").headers().firstValue("Content-Length"))
                .hasValue("987654");
    }

    @Test
    void bodyOfAMegabyteIsEchoed() {
        upstream.behave(
                (asked, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Length: " + asked.body().length + "\r\n\r\n")
                        .write(asked.body()));
        String body = new Random(7)
                .ints(1_000_000, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(gateway.send("POST", "/other", body).body()).isEqualTo(body);
        assertThat(upstream.lastAsked().header("Content-Length")).containsExactly("1000000");
    }

    /** One that says its length twice is two requests to somebody. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "POST", "PATCH"})
    void chunkedBodyHasOneLengthOnly(String method) {
        echo();
        exchange(method + " /other HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(upstream.lastAsked().body()).asString(ISO_8859_1).isEqualTo("abcde");
        assertThat(upstream.lastAsked().header("Content-Length").size()
                        + upstream.lastAsked().header("Transfer-Encoding").size())
                .isEqualTo(1);
    }

    @Test
    void chunkedRequestStaysOne() {
        echo();
        exchange("POST /other HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(upstream.lastAsked().body()).asString(ISO_8859_1).isEqualTo("abcde");
        assertThat(upstream.lastAsked().header("Content-Length")).isEmpty();
    }

    @Test
    void downloadOfAHundredMegabytesFlows() throws Exception {
        byte[] block = new byte[100_000];
        new Random(1).nextBytes(block);
        var firstBytesAreRead = new CountDownLatch(1);
        upstream.behave((asked, wire) -> {
            wire.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000000\r\n\r\n");
            wire.write(block);
            RawUpstream.await(firstBytesAreRead);
            for (int sent = 1; sent < 1000; sent++) {
                wire.write(block);
            }
        });
        URLConnection answer = gateway.url("/other").toURL().openConnection();
        assertThat(answer.getContentLengthLong()).isEqualTo(100_000_000);
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        for (int sent = 0; sent < 1000; sent++) {
            expected.update(block);
        }
        try (var body = new DigestInputStream(answer.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
            body.readNBytes(50_000);
            firstBytesAreRead.countDown();
            body.transferTo(OutputStream.nullOutputStream());
            assertThat(body.getMessageDigest().digest()).isEqualTo(expected.digest());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/api/orders/7/events", "/api/orders/7"})
    void eventsComeOneByOne(String uri) {
        var turn = new java.util.concurrent.Semaphore(0);
        upstream.behave((asked, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int event = 0; event < 5; event++) {
                wire.chunk("data: " + event + "\n\n");
                turn.acquireUninterruptibly();
            }
            wire.write("0\r\n\r\n");
        });
        try (var client = new RawConnection(gateway.port())) {
            client.send("GET " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            for (int event = 0; event < 5; event++) {
                client.readThrough("data: " + event + "\n\n");
                turn.release();
            }
            assertThat(client.readToEnd()).endsWith("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/api/orders/7"})
    void compressedBodiesAreNotTouched(String uri) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"id\":7,\"deleted_at\":null}".getBytes(ISO_8859_1));
        }
        String gzipped = bytes.toString(ISO_8859_1);
        upstream.behave((asked, wire) -> wire.write(response(
                "200 OK", "Content-Encoding: gzip\r\nContent-Type: application/json\r\nETag: \"a\"\r\n", gzipped)));
        String answer = exchange("GET " + uri + " HTTP/1.1\r\nAccept-Encoding: gzip\r\n", "");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEqualTo(gzipped);
        assertThat(answer.lines())
                .contains("Content-Encoding: gzip", "ETag: \"a\"", "Content-Length: " + gzipped.length());
    }

    @Test
    void liveItemPassesWithItsOwnBytesAndHeaders() {
        String body = "{ \"price\" : 1.10,\r\n \"n\":12345678901234567890, \"deleted_at\" : null }";
        upstream.behave((asked, wire) -> wire.write(response(
                "200 OK",
                "Content-Type: application/json\r\nETag: \"a\"\r\nAccept-Ranges: bytes\r\nDigest: x\r\nX-Odd: 1\r\n",
                body)));
        String answer = exchange("GET /api/orders/7 HTTP/1.1\r\nRange: bytes=0-9\r\nIf-None-Match: \"b\"\r\n", "");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEqualTo(body);
        assertThat(answer.lines())
                .contains("ETag: \"a\"", "Accept-Ranges: bytes", "Digest: x", "X-Odd: 1")
                .contains("Content-Length: " + body.length());
        assertThat(upstream.lastAsked().header("Range")).containsExactly("bytes=0-9");
        assertThat(upstream.lastAsked().header("If-None-Match")).containsExactly("\"b\"");
    }

    @Test
    void resourceThatIsOffIsAHardDelete() {
        echo();
        assertThat(gateway.delete("/api/loose/7?permanent=x&with_trashed=y").statusCode())
                .isEqualTo(200);
        assertThat(upstream.lastAsked().line()).isEqualTo("DELETE /api/loose/7?permanent=x&with_trashed=y HTTP/1.1");
    }

    static Stream<Named<Behaviour>> breaks() {
        return Stream.of(
                Named.of("closed", (asked, wire) -> wire.close()), Named.of("reset", (asked, wire) -> wire.reset()));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void answerThatBreaksOffDoesNotLookWhole(Behaviour ending) {
        var bytesAreOut = new CountDownLatch(1);
        upstream.behave((asked, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").chunk("some");
            RawUpstream.await(bytesAreOut);
            ending.answer(asked, wire);
        });
        try (var client = new RawConnection(gateway.port())) {
            client.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n").readThrough("some");
            bytesAreOut.countDown();
            assertThat(client.readToEnd()).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void clientThatLeavesEndsTheUpstreamsAnswer() {
        upstream.behave((asked, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                wire.chunk("x".repeat(10_000));
            }
        });
        try (var client = new RawConnection(gateway.port())) {
            client.send("GET /other/endless HTTP/1.1\r\nHost: x\r\n\r\n").readThrough("xxxx");
        }
        int before = upstream.openConnections();
        await().until(() -> upstream.openConnections() < Math.max(before, 1));
    }

    @Test
    void protocolUpgradePasses() {
        upstream.behave((asked, wire) -> {
            String key = asked.header("Sec-WebSocket-Key").getFirst();
            wire.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n\u0081\u0002hi");
        });
        try (var client = new RawConnection(gateway.port())) {
            client.send("GET /other/socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 101");
            assertThat(client.readThrough("hi")).isEqualTo("\u0081\u0002hi");
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
            return java.util.Base64.getEncoder().encodeToString(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void echo() {
        upstream.behave((asked, wire) -> wire.write(response("200 OK", "Content-Type: text/plain\r\n", "ok")));
    }

    /** @param head request line and headers, without those that every request needs */
    private String exchange(String head, String body) {
        return gateway.raw(head + "Host: x\r\nConnection: close\r\n\r\n" + body);
    }
}
