package dev.cenotaph.load.proof.replicas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What an observer saw of other replicas after changes that were acknowledged. Any thread adds. */
final class Staleness {
    private final List<Long> lasted = new ArrayList<>();
    private long answers;
    private long stale;
    private long unanswered;

    /**
     * One replica after one change.
     *
     * @param nanos from the acknowledgement to the last stale answer; 0 where none was
     */
    synchronized void add(long nanos, long staleAnswers, long allAnswers, long noAnswers) {
        lasted.add(nanos);
        stale += staleAnswers;
        answers += allAnswers;
        unanswered += noAnswers;
    }

    /**
     * The figures of a phase.
     *
     * @param samples a change as one other replica saw it, each
     * @param unanswered probes that got a 5xx or nothing
     */
    record Figures(
            String phase,
            int samples,
            long answers,
            long stale,
            long unanswered,
            double p50,
            double p99,
            double p999,
            double worst) {

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |",
                    phase,
                    samples,
                    answers,
                    stale,
                    unanswered,
                    p50,
                    p99,
                    p999,
                    worst);
        }
    }

    synchronized Figures figures(String phase) {
        List<Long> sorted = new ArrayList<>(lasted);
        Collections.sort(sorted);
        return new Figures(
                phase,
                sorted.size(),
                answers,
                stale,
                unanswered,
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 0.999),
                millis(sorted, 1));
    }

    /** Nearest rank. */
    private static double millis(List<Long> sorted, double quantile) {
        if (sorted.isEmpty()) {
            return 0;
        }
        int rank = (int) Math.ceil(quantile * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1) / 1e6;
    }
}
