package dev.cenotaph.load.speed.wire;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Adds up what one generator sees. Used by its reading thread alone. */
final class Recorder {
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;
    private static final int ERRORS_IN_WORDS = 5;

    private final Histogram latency = new Histogram(LONGEST_NANOS, DIGITS);
    private final Set<String> firstErrors = new LinkedHashSet<>();

    private long errors;
    private long bytes;

    void answered(Request request, AnswerParser answer, long nanos) {
        bytes += answer.length();
        if (request.expected().fits(answer.status(), answer.length())) {
            latency.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
            request.then().run();
        } else {
            failed("%s, but got status %d with %d bytes"
                    .formatted(request.expected(), answer.status(), answer.length()));
        }
    }

    void failed(String what) {
        errors++;
        if (firstErrors.size() < ERRORS_IN_WORDS) {
            firstErrors.add(what);
        }
    }

    Reading reading(long nanos) {
        return new Reading(
                latency.getTotalCount(), errors, List.copyOf(firstErrors), bytes, Duration.ofNanos(nanos), latency);
    }
}
