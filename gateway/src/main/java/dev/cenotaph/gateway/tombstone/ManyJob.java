package dev.cenotaph.gateway.tombstone;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a change of many items has come.
 *
 * @param change what is done to each
 * @param caller a hash of the credentials of who asked for it
 * @param leaseUntil until when somebody is at work on it, as far as it is known
 * @param failures the first ones that failed
 */
public record ManyJob(
        String id,
        String resource,
        List<String> parents,
        String change,
        String caller,
        Instant startTime,
        Instant changeTime,
        Instant leaseUntil,
        long done,
        long failed,
        long left,
        List<Outcome> failures) {
    public ManyJob {
        parents = List.copyOf(parents);
        failures = List.copyOf(failures);
    }

    /**
     * What came of one item.
     *
     * @param detail what went wrong, as JSON
     */
    public record Outcome(String id, int status, Optional<String> detail) {}
}
