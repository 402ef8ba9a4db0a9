package dev.cenotaph.gateway.purge;

import java.time.Duration;

/**
 * The bounds of a purge.
 *
 * @param maxPerRun how many items one run deletes at most
 * @param stopAbove how many items of a resource may be due; where there are more, nothing of it is purged until somebody
 *     confirms it
 * @param stopAboveShare the same, as a share of all its items that have a purge time; counts above {@code maxPerRun}
 * @param dryRun whether runs only tell what they would do
 * @param lease how long a claim is ours alone
 * @param firstRetry after which an item that failed is tried again; each further failure doubles it
 * @param longestRetry the longest pause between two attempts
 */
public record PurgeSettings(
        int maxPerRun,
        long stopAbove,
        double stopAboveShare,
        boolean dryRun,
        Duration lease,
        Duration firstRetry,
        Duration longestRetry) {
    public PurgeSettings {
        if (maxPerRun < 1 || stopAbove < 1 || !(stopAboveShare > 0 && stopAboveShare <= 1)) {
            throw new IllegalArgumentException("cenotaph.purge: max-per-run and stop-above are at least 1,"
                    + " stop-above-share is more than 0 and at most 1");
        }
    }
}
