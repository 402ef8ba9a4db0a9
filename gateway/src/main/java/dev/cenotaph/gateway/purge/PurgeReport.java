package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.tombstone.PurgeQueue.Backlog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a purge found and did.
 *
 * @param done false where it only looked: a dry run, or no run at all
 */
public record PurgeReport(Instant time, boolean done, List<OfResource> resources) {
    public PurgeReport {
        resources = List.copyOf(resources);
    }

    /**
     * What it found and did with one resource that has a retention.
     *
     * @param obstacle why nothing of it is purged
     * @param backlog before the run
     * @param next the paths of what this run purged or tried to, or what one would
     * @param counts how often each came out
     * @param failures the first of what failed
     */
    public record OfResource(
            String resource,
            Optional<Obstacle> obstacle,
            Backlog backlog,
            List<String> next,
            Map<Outcome, Integer> counts,
            List<String> failures) {
        public OfResource {
            next = List.copyOf(next);
            counts = Map.copyOf(counts);
            failures = List.copyOf(failures);
        }

        public int count(Outcome outcome) {
            return counts.getOrDefault(outcome, 0);
        }
    }

    /** Why nothing of a resource is purged. */
    public sealed interface Obstacle {
        /** In words for the operator. */
        String why();

        /** {@code cenotaph.credentials} has none for its upstream. */
        record NoCredentials(String why) implements Obstacle {}

        /** More is due than can be believed. */
        record Implausible(String why) implements Obstacle {}
    }

    /** What came of one item. */
    public enum Outcome {
        /** Deleted at the upstream. */
        PURGED,
        /** Not there any more: nothing to delete. */
        MISSING,
        /** Live at the upstream: nothing was deleted, and the tombstone went. */
        LIVE,
        /** Restored, deleted, trashed anew or put on hold since it was found due. */
        PASSED_OVER,
        /** The upstream would not show or delete it; tried again later. */
        FAILED,
        /** Nobody knows yet whether the upstream deleted it. */
        UNSETTLED
    }
}
