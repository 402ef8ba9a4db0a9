package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.tombstone.KnownKeys;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.marker.TestPolicy;
import dev.cenotaph.policy.match.ItemKey;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * How fast trashed rows go out of a list that lies in memory: ours, what one would write with Jackson, and a plain copy.
 * Ours and the copy end in a pooled buffer, as a server writes it; Jackson's in an array, which it would have to copy once
 * more. The index knows the trashed items.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ListFilterBenchmark {

    /** The column {@code megabytes} is what counts: of list in, a second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        public double megabytes;
    }

    @Param({"20", "100", "1000"})
    int items;

    @Param({"ALIKE", "VARIED"})
    SampleList list = SampleList.ALIKE;

    private final Rows rows = Rows.of(TestPolicy.with(TestPolicy.TIMESTAMP).policy(), Place.ROOT);
    private final Index index = new Index();
    private final DataBufferFactory buffers = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);
    private byte[] body = {};

    @Setup
    public void fill() {
        body = list.of(items);
        for (int number = 3; number < items; number += 10) {
            String id = Integer.toString(1_000_000 + number);
            index.keys.add(key(list == SampleList.ALIKE ? id : "o-" + id));
        }
        int kept = items - (items + 6) / 10;
        if (rows(copied(filtered())) != kept
                || rows(jacksonTree(new Volume())) != kept
                || rows(jacksonTokens(new Volume())) != kept) {
            throw new IllegalStateException("they do not do the same");
        }
    }

    @Benchmark
    public int cenotaph(Volume volume) {
        volume.megabytes += body.length / 1e6;
        return written(filtered());
    }

    private DataBuffer filtered() {
        var out = new Slices();
        out.from(body);
        var filter = ListFilter.of(Place.ROOT, rows.judge(Rows.Scope.EXCLUDE, index), ListFilter.Limits.DEFAULT);
        filter.feed(body, 0, body.length, out);
        filter.finish(out);
        return FilteredAnswer.joined(buffers, out.taken().orElseThrow());
    }

    @Benchmark
    public byte[] jacksonTree(Volume volume) {
        volume.megabytes += body.length / 1e6;
        return JacksonFilters.byTree(body, index::isTrashed);
    }

    @Benchmark
    public byte[] jacksonTokens(Volume volume) {
        volume.megabytes += body.length / 1e6;
        return JacksonFilters.byTokens(body, index::isTrashed);
    }

    /** What a filter that keeps all would do. */
    @Benchmark
    public int copy(Volume volume) {
        volume.megabytes += body.length / 1e6;
        return written(FilteredAnswer.joined(buffers, List.of(ByteBuffer.wrap(body))));
    }

    private static int written(DataBuffer buffer) {
        int length = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return length;
    }

    private static byte[] copied(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        return bytes;
    }

    private static int rows(byte[] body) {
        return JacksonFilters.rows(body);
    }

    private static ItemKey key(String id) {
        return new ItemKey("orders", List.of(), id);
    }

    /** As an answer sees it. */
    private static final class Index implements IndexView {
        private final KnownKeys keys = new KnownKeys();

        @Override
        public boolean isTrashed(String id) {
            return keys.contains(key(id));
        }

        @Override
        public void sawTrashed(String id, Optional<Instant> since) {
            if (!isTrashed(id)) {
                throw new IllegalStateException("nothing is to be learned here");
            }
        }

        @Override
        public boolean sawLive(String id) {
            return isTrashed(id);
        }
    }
}
