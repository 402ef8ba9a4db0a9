package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import java.util.Optional;

/**
 * What a write does to the item.
 *
 * @param at the place, within the item
 * @param json the JSON text to stand there, empty to take the member away
 * @param blank the JSON text that comes nearest to an absent member, for a write that cannot take one away
 */
record Change(Place at, Optional<String> json, String blank) {

    static Change to(Place at, String json) {
        return new Change(at, Optional.of(json), json);
    }
}
