package dev.cenotaph.policy.match;

import java.util.Optional;

/** The end of a path's way through the trie. */
sealed interface Arrival {

    /** No policy speaks of it. */
    record Nowhere() implements Arrival {}

    /** It means this. */
    record At(Landing landing) implements Arrival {}

    /** It would mean this, but an id in it cannot be read. */
    record Unreadable(Meaning meaning) implements Arrival {}

    default Optional<Landing> found() {
        return this instanceof At at ? Optional.of(at.landing()) : Optional.empty();
    }

    /** The landing, where a policy acts there. */
    default Optional<Landing> governed() {
        return found().filter(landing -> landing.meaning().isGoverned());
    }
}
