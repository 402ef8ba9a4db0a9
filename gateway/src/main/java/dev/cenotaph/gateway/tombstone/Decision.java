package dev.cenotaph.gateway.tombstone;

import java.util.Optional;

/**
 * What a wish makes of what stands.
 *
 * @param answer for who wished it, valid once the change is durable
 * @param change empty where everything stays
 */
record Decision<T>(T answer, Optional<Change> change) {

    static <T> Decision<T> stay(T answer) {
        return new Decision<>(answer, Optional.empty());
    }

    static <T> Decision<T> change(T answer, Change change) {
        return new Decision<>(answer, Optional.of(change));
    }

    /** Decides, given what stands and the revision that a change would have. */
    @FunctionalInterface
    interface Rule<T> {
        Decision<T> decide(Standing standing, long revision);
    }
}
