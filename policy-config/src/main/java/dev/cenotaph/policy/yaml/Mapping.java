package dev.cenotaph.policy.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map with its keys in the order of the file.
 *
 * @param entries by key
 */
record Mapping(Position at, Map<String, Entry> entries) implements Value {

    /**
     * A key and its value.
     *
     * @param at where the key stands
     * @param inherited whether it comes from the file's defaults
     */
    record Entry(Position at, Value value, boolean inherited) {

        private Entry asInherited() {
            return new Entry(at, value instanceof Mapping mapping ? mapping.asInherited() : value, true);
        }

        private Entry over(Entry other) {
            return value instanceof Mapping mine && other.value instanceof Mapping theirs
                    ? new Entry(at, mine.over(theirs), false)
                    : this;
        }
    }

    Mapping {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** This map laid over the defaults: maps merge key by key, all else replaces. */
    Mapping overDefaults(Mapping defaults, Set<String> replacedWhole) {
        var without = new LinkedHashMap<>(defaults.entries);
        without.keySet().removeIf(key -> replacedWhole.contains(key) && entries.containsKey(key));
        return over(new Mapping(defaults.at, without).asInherited());
    }

    /** The same as if all of it stood there. */
    Mapping placedAt(Position place) {
        var moved = new LinkedHashMap<String, Entry>();
        entries.forEach((key, entry) -> moved.put(key, new Entry(place, placed(entry.value, place), entry.inherited)));
        return new Mapping(place, moved);
    }

    private static Value placed(Value value, Position place) {
        return switch (value) {
            case Scalar scalar -> new Scalar(place, scalar.kind(), scalar.text());
            case Sequence sequence ->
                new Sequence(
                        place,
                        sequence.elements().stream()
                                .map(element -> placed(element, place))
                                .toList());
            case Mapping mapping -> mapping.placedAt(place);
        };
    }

    Mapping without(Set<String> keys) {
        var kept = new LinkedHashMap<>(entries);
        kept.keySet().removeAll(keys);
        return new Mapping(at, kept);
    }

    /** The entry at the end of a path of keys. */
    Optional<Entry> find(String key, String... further) {
        var found = Optional.ofNullable(entries.get(key));
        for (String next : further) {
            found = found.flatMap(entry -> entry.value() instanceof Mapping inner
                    ? Optional.ofNullable(inner.entries.get(next))
                    : Optional.empty());
        }
        return found;
    }

    private Mapping over(Mapping other) {
        var merged = new LinkedHashMap<>(other.entries);
        entries.forEach((key, entry) -> merged.merge(key, entry, (theirs, mine) -> mine.over(theirs)));
        return new Mapping(at, merged);
    }

    private Mapping asInherited() {
        var marked = new LinkedHashMap<String, Entry>();
        entries.forEach((key, entry) -> marked.put(key, entry.asInherited()));
        return new Mapping(at, marked);
    }

    @Override
    public String kindName() {
        return "a map";
    }
}
