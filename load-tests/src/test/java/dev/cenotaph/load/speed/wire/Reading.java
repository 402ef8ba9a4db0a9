package dev.cenotaph.load.speed.wire;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a generator saw.
 *
 * @param answers as they were expected
 * @param errors answers that were not, and connections that broke
 * @param firstErrors the first few kinds of them, in words
 * @param bytes of all bodies
 * @param time from the first request to the last answer
 * @param latency of the expected answers, in nanoseconds
 */
public record Reading(
        long answers, long errors, List<String> firstErrors, long bytes, Duration time, Histogram latency) {

    public Reading {
        firstErrors = List.copyOf(firstErrors);
    }

    /** Answers a second. */
    public double rate() {
        return answers / seconds();
    }

    public double bytesPerSecond() {
        return bytes / seconds();
    }

    private double seconds() {
        return time.toNanos() / 1e9;
    }
}
