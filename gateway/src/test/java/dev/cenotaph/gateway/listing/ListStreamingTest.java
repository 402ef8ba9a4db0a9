package dev.cenotaph.gateway.listing;

import static dev.cenotaph.gateway.testing.RawUpstream.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenotaph.gateway.testing.RawConnection;
import dev.cenotaph.gateway.testing.RawUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLConnection;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Long lists: they flow, and never lie in memory as a whole. */
@SuppressWarnings("StringConcatToTextBlock") // Line ends as they are on the wire.
class ListStreamingTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"a1\"\r\nContent-Type: application/json\r\n\r\n";
    private static final String LIVE = ",{\"id\":1,\"deleted_at\":null,\"text\":\"" + "x".repeat(950) + "\"}";
    private static final String TRASHED = ",{\"id\":2,\"deleted_at\":1,\"text\":\"" + "y".repeat(950) + "\"}";
    private static final int BLOCK = 50;
    private static final int LONG = 50_000_000;

    private static final RawUpstream UPSTREAM = RawUpstream.start();
    private static final TestGateway GATEWAY = TestGateway.with(
            TestGateway.policy(UPSTREAM.port(), "orders: { path: /api/orders, marker: { timestamp: deleted_at } }"),
            "cenotaph.limits.list-held=64KB");

    @AfterAll
    static void stop() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    @Test
    void longListComesWithoutItsTrash() throws Exception {
        UPSTREAM.behave((asked, wire) -> {
            wire.write(HEAD + "[{\"id\":0}");
            for (int sent = 0; sent < LONG; sent += BLOCK * (LIVE.length() + TRASHED.length())) {
                wire.write((LIVE + TRASHED).repeat(BLOCK));
            }
            wire.write("]").close();
        });
        int blocks = (LONG - 1) / (BLOCK * (LIVE.length() + TRASHED.length())) + 1;
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        expected.update("[{\"id\":0}".getBytes(UTF_8));
        for (int block = 0; block < blocks; block++) {
            expected.update(LIVE.repeat(BLOCK).getBytes(UTF_8));
        }
        URLConnection answer = GATEWAY.url("/api/orders").toURL().openConnection();
        assertThat(answer.getHeaderFields()).doesNotContainKeys("ETag", "Content-Length");
        try (InputStream body = answer.getInputStream()) {
            assertThat(digest(body)).isEqualTo(expected.digest("]".getBytes(UTF_8)));
        }
    }

    @Test
    void firstRowsComeBeforeTheLastOnesAreMade() {
        var firstRowsAreRead = new CountDownLatch(1);
        UPSTREAM.behave((asked, wire) -> {
            wire.write(HEAD + "[{\"id\":0}" + LIVE.repeat(200));
            RawUpstream.await(firstRowsAreRead);
            wire.write(",{\"id\":3}]").close();
        });
        try (var client = new RawConnection(GATEWAY.port())) {
            client.send("GET /api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            client.readThrough(LIVE);
            firstRowsAreRead.countDown();
            assertThat(client.readToEnd()).contains("{\"id\":3}]").endsWith("0\r\n\r\n");
        }
    }

    @Test
    void clientThatDoesNotReadHoldsTheUpstreamBack() {
        var sent = new AtomicLong();
        var left = new CountDownLatch(1);
        UPSTREAM.behave((asked, wire) -> {
            try {
                wire.write(HEAD + "[{\"id\":0}");
                while (sent.get() < 4L * LONG) {
                    wire.write(LIVE.repeat(BLOCK));
                    sent.addAndGet((long) BLOCK * LIVE.length());
                }
            } catch (IOException gone) {
                left.countDown();
            }
        });
        try (var client = new RawConnection(GATEWAY.port())) {
            client.send("GET /api/orders HTTP/1.1\r\nHost: x\r\n\r\n").readThrough(LIVE);
            await().during(Duration.ofSeconds(1)).until(sent::get, stillTheSame());
            assertThat(sent.get()).isLessThan(LONG);
        }
        await().until(() -> left.getCount() == 0);
    }

    @Test
    void clientThatLeavesEndsTheUpstreamsAnswer() {
        var left = new CountDownLatch(1);
        UPSTREAM.behave((asked, wire) -> {
            try {
                wire.write(HEAD + "[{\"id\":0}");
                while (true) {
                    wire.write(LIVE.repeat(BLOCK));
                }
            } catch (IOException gone) {
                left.countDown();
            }
        });
        try (var client = new RawConnection(GATEWAY.port())) {
            client.send("GET /api/orders HTTP/1.1\r\nHost: x\r\n\r\n").readThrough(LIVE);
        }
        await().until(() -> left.getCount() == 0);
    }

    @Test
    void listOfExactlyWhatMayBeHeldKeepsItsHeaders() {
        String rows = "[{\"id\":\"" + "x".repeat(30_000) + "\"}]";
        UPSTREAM.behave((asked, wire) ->
                wire.write(response("200 OK", "Content-Type: application/json\r\nETag: \"a1\"\r\n", rows)));
        assertThat(GATEWAY.get("/api/orders").headers().firstValue("ETag")).hasValue("\"a1\"");
    }

    private static Predicate<Long> stillTheSame() {
        var last = new AtomicLong(-1);
        return now -> last.getAndSet(now) == now;
    }

    private static byte[] digest(InputStream in) throws Exception {
        var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
        digest.transferTo(OutputStream.nullOutputStream());
        return digest.getMessageDigest().digest();
    }
}
