package dev.cenotaph.policy;

import java.util.List;
import java.util.Set;

/**
 * Members whose values the upstream has once.
 *
 * @param keys where an item holds them
 * @param statuses of the upstream's answer to a write of a value that it has already
 * @param explain how such an answer is explained where an item in the trash has the value
 */
public record Unique(List<Place> keys, Set<Integer> statuses, Explain explain) {
    /** No such members. */
    public static final Unique NONE = new Unique(List.of(), Set.of(409), Explain.HEADERS);

    /** How an upstream's own answer is explained. */
    public enum Explain {
        /** By headers; status and body stay the upstream's. */
        HEADERS,
        /** By a problem with the same status, which holds the upstream's body. */
        PROBLEM
    }

    public Unique {
        keys = List.copyOf(keys);
        statuses = Set.copyOf(statuses);
    }

    public boolean isNone() {
        return keys.isEmpty();
    }
}
