package dev.cenotaph.gateway.listing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.marker.TestPolicy;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** A list of a gigabyte on its way through: how fast, and how much heap is in use meanwhile. */
public final class LongListFootprint {
    private static final int CHUNK = 16 << 10;
    private static final long LENGTH = 1L << 30;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private final ListStream stream;
    private long out;
    private long mostHeap;

    private LongListFootprint() {
        var response = new MockServerHttpResponse();
        response.setStatusCode(HttpStatus.OK);
        Rows rows = Rows.of(TestPolicy.with(TestPolicy.TIMESTAMP).policy(), Place.ROOT);
        stream = new ListStream(
                ListFilter.of(
                        Place.ROOT, rows.judge(Rows.Scope.EXCLUDE, new NothingKnown()), ListFilter.Limits.DEFAULT),
                new Decoder.Identity(),
                new ListHeaders(response, List.of()),
                1 << 20,
                OnUnfilterable.FAIL);
    }

    public static void main(String[] arguments) {
        for (SampleList list : SampleList.values()) {
            new LongListFootprint().run(list);
        }
    }

    private void run(SampleList list) {
        // Without brackets, and with a comma at the end, these bytes can follow each other for ever.
        byte[] rows = list.of(1000);
        rows[rows.length - 1] = ',';
        long start = System.nanoTime();
        long worked = THREADS.getCurrentThreadCpuTime();
        feed(new byte[] {'['});
        long in = 0;
        while (in < LENGTH) {
            for (int at = 1; at < rows.length; at += CHUNK) {
                feed(Arrays.copyOfRange(rows, at, Math.min(rows.length, at + CHUNK)));
            }
            in += rows.length;
            mostHeap = Math.max(mostHeap, heap());
        }
        feed("{\"id\":1}]".getBytes(US_ASCII));
        count(stream.finish());
        double seconds = (System.nanoTime() - start) / 1e9;
        double work = (THREADS.getCurrentThreadCpuTime() - worked) / 1e9;
        System.out.printf(
                "%s: %,d MB in, %,d MB out, %,.0f MB/s, %,.0f MB a second of processor time, at most %,d MB of heap in use"
                        + " (garbage included)%n",
                list, in / 1_000_000, out / 1_000_000, in / 1e6 / seconds, in / 1e6 / work, mostHeap / 1_000_000);
    }

    private void feed(byte[] chunk) {
        count(stream.feed(chunk));
    }

    private void count(Optional<List<ByteBuffer>> slices) {
        slices.stream().flatMap(List::stream).forEach(slice -> out += slice.remaining());
    }

    private static long heap() {
        return MEMORY.getHeapMemoryUsage().getUsed();
    }

    private static final class NothingKnown implements IndexView {
        @Override
        public boolean isTrashed(String id) {
            return false;
        }

        @Override
        public void sawTrashed(String id, Optional<Instant> since) {}

        @Override
        public boolean sawLive(String id) {
            return false;
        }
    }
}
