package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

/** What a lookup costs, in an index that holds this many keys. Each looks for another key than the one before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 5, jvmArgs = "-Xmx3g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TombstoneIndexBenchmark {
    private static final int ASKED_FOR = 1 << 18;

    @Param({"1000", "100000", "10000000"})
    int size;

    private final TombstoneIndex index = new TombstoneIndex();
    private final ItemKey[] held = new ItemKey[ASKED_FOR];
    private final ItemKey[] others = new ItemKey[ASKED_FOR];
    private int next;

    @Setup
    public void fill() {
        for (long number = 0; number < size; number++) {
            index.add(key(number));
        }
        var random = new SplittableRandom(1);
        for (int asked = 0; asked < ASKED_FOR; asked++) {
            held[asked] = key(random.nextLong(size));
            others[asked] = key(random.nextLong(size, 2L * size));
        }
    }

    @Benchmark
    public boolean hit() {
        return index.contains(held[next++ & ASKED_FOR - 1]);
    }

    @Benchmark
    public boolean miss() {
        return index.contains(others[next++ & ASKED_FOR - 1]);
    }

    /** UUIDs, numbers, and numbers below a parent. */
    static ItemKey key(long number) {
        return switch ((int) (number % 3)) {
            case 0 -> new ItemKey("orders", List.of(), new UUID(mixed(number), mixed(~number)).toString());
            case 1 -> new ItemKey("customers", List.of(), Long.toString(1_000_000 + number));
            default ->
                new ItemKey("lines", List.of(Long.toString(1_000_000 + number / 10)), Long.toString(number % 10));
        };
    }

    private static long mixed(long number) {
        return new SplittableRandom(number).nextLong();
    }
}
