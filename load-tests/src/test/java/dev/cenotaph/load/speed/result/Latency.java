package dev.cenotaph.load.speed.result;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Percentiles, in microseconds. */
public record Latency(double p50, double p90, double p99, double p999) {
    private static final double NANOS_IN_MICRO = 1_000;

    /** @param nanos latencies in nanoseconds */
    public static Latency of(Histogram nanos) {
        return new Latency(at(nanos, 50), at(nanos, 90), at(nanos, 99), at(nanos, 99.9));
    }

    /** Each percentile's own median. */
    static Latency median(List<Latency> all) {
        return new Latency(
                median(all, Latency::p50),
                median(all, Latency::p90),
                median(all, Latency::p99),
                median(all, Latency::p999));
    }

    /** What this is more than another. */
    public Latency minus(Latency other) {
        return new Latency(p50 - other.p50, p90 - other.p90, p99 - other.p99, p999 - other.p999);
    }

    private static double median(List<Latency> all, ToDoubleFunction<Latency> percentile) {
        return Median.of(all.stream().mapToDouble(percentile));
    }

    private static double at(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_IN_MICRO;
    }
}
