package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array, or a map of like members, that an answer holds.
 *
 * @param at from the answer's root; {@code *} stands for every element of an array and every member of a map
 * @param pointed whether a JSON Pointer leads there: no array and no map of like members on the way
 * @param kinds what its elements are
 * @param rows what the members of its elements are
 */
record SeenArray(List<String> at, boolean pointed, Set<String> kinds, Map<String, Set<String>> rows) {

    Place place() {
        return new Place(at);
    }

    /** From an element to a thing of one of these kinds; empty where there is none. */
    Optional<Place> rowOf(Set<String> wanted) {
        if (!Collections.disjoint(kinds, wanted)) {
            return Optional.of(Place.ROOT);
        }
        return rows.entrySet().stream()
                .filter(row -> !Collections.disjoint(row.getValue(), wanted))
                .map(row -> new Place(List.of(row.getKey())))
                .findFirst();
    }

    /** Each is seen once, and what it holds is costly to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** As people write it; the whole answer is {@code the answer}. */
    String words() {
        return at.isEmpty() ? "the answer itself" : "`" + place() + "`";
    }
}
