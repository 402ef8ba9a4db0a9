package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.util.Optional;

/**
 * What stood at a marker's place before the soft delete.
 *
 * @param json its JSON text, empty where nothing stood there
 * @param at the marker's place; where the object around the marker was missing too, the outermost place that the soft
 *     delete had to make up
 */
record Former(Optional<String> json, Place at) {
    private static final String NULL = "null";

    /** What stands at a place of an item now. */
    static Former of(JsonSpan item, Place place) {
        Optional<JsonSpan> value = item.find(place);
        if (value.isPresent()) {
            return new Former(value.map(JsonSpan::json), place);
        }
        for (int tokens = 1; tokens < place.tokens().size(); tokens++) {
            Place above = above(place, tokens);
            Optional<JsonSpan> holder = item.find(above);
            if (holder.isEmpty()) {
                return new Former(Optional.empty(), above);
            }
            if (holder.get().kind() == JsonSpan.Kind.NULL) {
                return new Former(Optional.of(NULL), above);
            }
        }
        return new Former(Optional.empty(), place);
    }

    /** Reads what {@link #text} wrote; empty if it is nothing of that kind. */
    static Optional<Former> parse(String text, Place place) {
        if (text.isEmpty()) {
            return Optional.of(new Former(Optional.empty(), place));
        }
        for (int tokens = 1; tokens < place.tokens().size(); tokens++) {
            Place above = above(place, tokens);
            if (text.equals(above.pointer())) {
                return Optional.of(new Former(Optional.empty(), above));
            }
            if (text.equals(NULL + above.pointer())) {
                return Optional.of(new Former(Optional.of(NULL), above));
            }
        }
        try {
            return Optional.of(new Former(Optional.of(JsonSpan.of(text).json()), place));
        } catch (MalformedJsonException notJson) {
            return Optional.empty();
        }
    }

    /** The JSON text, then the place as a pointer if it is not the marker's own. No JSON text ends in a pointer. */
    String text(Place place) {
        return json.orElse("") + (at.equals(place) ? "" : at.pointer());
    }

    private static Place above(Place place, int tokens) {
        return new Place(place.tokens().subList(0, tokens));
    }
}
