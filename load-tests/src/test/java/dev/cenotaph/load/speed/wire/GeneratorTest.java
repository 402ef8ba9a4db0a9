package dev.cenotaph.load.speed.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.speed.upstream.LongList;
import dev.cenotaph.load.speed.upstream.Orders;
import dev.cenotaph.load.speed.upstream.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both generators against the upstream that they are made for. */
final class GeneratorTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final Expected ITEM = new Expected(200, Orders.order(Orders.LIVE, null).length);
    private static final String ORDER = Orders.PATH + "/" + Orders.WALKED;

    private Upstream upstream;
    private InetSocketAddress address;

    @BeforeEach
    void start() {
        upstream = Upstream.start(0);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream.port());
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void everyAnswerIsCounted() {
        var left = new AtomicInteger(1_000);
        Request list = Request.get(Orders.PATH + "?limit=20", new Expected(200, Orders.list(20).length));
        Reading reading = new Generator(address, 4).run(() -> left.getAndDecrement() > 0 ? list : null, ENOUGH);
        assertThat(reading.errors()).isZero();
        assertThat(reading.answers()).isEqualTo(1_000);
        assertThat(reading.bytes()).isEqualTo(1_000L * Orders.list(20).length);
        assertThat(reading.latency().getTotalCount()).isEqualTo(1_000);
        assertThat(reading.time()).isLessThan(ENOUGH);
    }

    @Test
    void wrongAnswerIsAnErrorHoweverFast() {
        Reading reading = once(
                Request.get(ORDER, new Expected(200, 1)),
                Request.get(ORDER, new Expected(410, Expected.ANY)),
                Request.get("/nowhere", new Expected(404, Expected.ANY)));
        assertThat(reading.answers()).isZero();
        assertThat(reading.errors()).isEqualTo(3);
        assertThat(reading.firstErrors()).hasSize(3);
    }

    @Test
    void upstreamDeletesForGood() {
        Reading reading = once(
                Request.get(ORDER, ITEM),
                Request.of("DELETE", ORDER, new Expected(204, 0)),
                Request.get(ORDER, new Expected(404, 0)),
                Request.of("DELETE", ORDER, new Expected(404, 0)));
        assertThat(reading.firstErrors()).isEmpty();
        assertThat(reading.answers()).isEqualTo(4);
    }

    @Test
    void upstreamTakesTheMarkerAndGivesItBack() {
        String time = "2026-11-22T10:00:00Z";
        var marked = new Expected(200, Orders.order(Orders.WALKED, time).length);
        Reading reading = once(
                patch("{\"deleted_at\":\"" + time + "\"}", marked),
                Request.get(ORDER, marked),
                patch("{\"status\":\"lost\"}", marked),
                patch("{\"deleted_at\":null}", ITEM),
                Request.get(ORDER, ITEM));
        assertThat(reading.firstErrors()).isEmpty();
        assertThat(reading.answers()).isEqualTo(5);
    }

    @Test
    void longListIsAsLongAsItSays() {
        long bytes = 20_000_000;
        Reading reading = once(Request.get(LongList.TARGET + bytes, new Expected(200, LongList.length(bytes))));
        assertThat(reading.firstErrors()).isEmpty();
        assertThat(reading.bytes()).isGreaterThanOrEqualTo(bytes);
    }

    @Test
    void pacedGeneratorAsksAsOftenAsItIsTold() throws InterruptedException {
        Reading reading =
                new PacedGenerator(address, 8).run(Script.cycle(Request.get(ORDER, ITEM)), 500, Duration.ofSeconds(1));
        assertThat(reading.firstErrors()).isEmpty();
        assertThat(reading.answers()).isEqualTo(500);
        assertThat(reading.time()).isGreaterThan(Duration.ofMillis(990));
    }

    /** Ten requests are due 10 ms apart; each answer takes 50 ms; the last one is therefore 400 ms late. */
    @Test
    void stallIsChargedToTheRequestsThatWaited() throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerSlowly(server));
            var slow = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
            Reading reading = new PacedGenerator(slow, 1)
                    .run(Script.cycle(Request.get("/", new Expected(204, 0))), 100, Duration.ofMillis(100));
            assertThat(reading.answers()).isEqualTo(10);
            assertThat(reading.latency().getMaxValue())
                    .isGreaterThan(Duration.ofMillis(390).toNanos());
        }
    }

    private Reading once(Request... requests) {
        Iterator<Request> left = Arrays.asList(requests).iterator();
        return new Generator(address, 1).run(() -> left.hasNext() ? left.next() : null, ENOUGH);
    }

    private static Request patch(String body, Expected expected) {
        return Request.withBody("PATCH", ORDER, "application/merge-patch+json", body, expected);
    }

    private static void answerSlowly(ServerSocket server) {
        try (Socket client = server.accept()) {
            byte[] request = new byte[4_096];
            while (client.getInputStream().read(request) > 0) {
                Thread.sleep(50);
                client.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII));
            }
        } catch (IOException | InterruptedException theEnd) {
            Thread.currentThread().interrupt();
        }
    }
}
