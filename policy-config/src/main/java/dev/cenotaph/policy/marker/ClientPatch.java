package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client's JSON Patch (RFC 6902), read for what it does to the marker. Stateful: one for each patch. */
final class ClientPatch {
    private final Mark mark;
    private final Set<Place> places;

    /** Entries of the list whose key a {@code test} of this patch has named: whether they are ours. */
    private final Map<Place, Boolean> tested = new HashMap<>();

    private Effect effect = Effect.SILENT;
    private boolean alone = true;

    ClientPatch(Mark mark, Set<Place> places) {
        this.mark = mark;
        this.places = places;
    }

    ClientMarkerWrite read(JsonSpan operations) {
        for (JsonSpan operation : operations.elements()) {
            if (!apply(operation)) {
                return ClientMarkerWrite.UNREADABLE;
            }
        }
        return new ClientMarkerWrite(effect, alone && effect != Effect.SILENT);
    }

    /** Takes one operation; false if it cannot be understood. */
    private boolean apply(JsonSpan operation) {
        Optional<Place> path = pointer(operation, "path");
        Optional<JsonSpan> value = operation.find(ExtensionEntry.place("value"));
        if (path.isEmpty()) {
            return false;
        }
        return switch (string(operation, "op").orElse("")) {
            case "add" -> value.isPresent() && put(path.get(), value.get(), true);
            case "replace" -> value.isPresent() && put(path.get(), value.get(), false);
            case "remove" -> takeAway(path.get());
            case "test" -> value.isPresent() && test(path.get(), value.get());
            case "copy", "move" -> carry(operation, path.get());
            default -> false;
        };
    }

    private boolean put(Place path, JsonSpan value, boolean add) {
        for (Place place : places) {
            if (ClientMarkerWrite.leads(path, place)) {
                effect = ClientMarkerWrite.effect(mark, value, path, place).orElse(effect);
            } else if (ClientMarkerWrite.leads(place, path) && mark.entry().isPresent()) {
                return putEntry(mark.entry().get(), place, path, value, add);
            }
        }
        alone &= touches(path) && ClientMarkerWrite.isAlone(mark, value, path, places);
        return true;
    }

    /** Something inside the list of entries. */
    private boolean putEntry(ExtensionEntry entry, Place list, Place path, JsonSpan value, boolean add) {
        List<String> inside =
                path.tokens().subList(list.tokens().size(), path.tokens().size());
        if (inside.size() == 1) {
            if (entry.matches(value)) {
                effect = Mark.effect(entry.read(value));
                return true;
            }
            alone = false;
            return add || isAnothers(path);
        }
        Optional<Boolean> ours = Optional.ofNullable(tested.get(above(path)));
        if (ours.isEmpty()) {
            return false;
        }
        if (!ours.get()) {
            alone = false;
            return true;
        }
        boolean ofValue = inside.size() == 2 && inside.get(1).equals(entry.valueName());
        if (ofValue) {
            effect = Mark.effect(entry.readValue(value));
        }
        return ofValue;
    }

    private boolean takeAway(Place path) {
        for (Place place : places) {
            if (ClientMarkerWrite.leads(path, place)) {
                effect = Effect.REVIVES;
                alone &= path.equals(place) && mark.entry().isEmpty();
                return true;
            }
            if (ClientMarkerWrite.leads(place, path) && mark.entry().isPresent()) {
                return takeEntry(path);
            }
        }
        alone = false;
        return true;
    }

    private boolean takeEntry(Place path) {
        Boolean ours = tested.get(path);
        if (ours == null) {
            return false;
        }
        if (ours) {
            effect = Effect.REVIVES;
        } else {
            alone = false;
        }
        // The entries behind it move up.
        tested.clear();
        return true;
    }

    private boolean test(Place path, JsonSpan value) {
        boolean key = mark.entry()
                .filter(entry -> path.tokens().size() > 1
                        && path.tokens().getLast().equals(entry.keyName())
                        && places.contains(above(above(path))))
                .isPresent();
        if (key) {
            boolean ours = value.text().equals(mark.entry().orElseThrow().key());
            tested.put(above(path), ours);
        }
        alone &= key;
        return true;
    }

    /** What moves or is copied is known to the upstream alone. */
    private boolean carry(JsonSpan operation, Place path) {
        Optional<Place> from = pointer(operation, "from");
        alone = false;
        return from.isPresent() && !touches(path) && !touches(from.get());
    }

    private boolean touches(Place path) {
        return places.stream()
                .anyMatch(place -> ClientMarkerWrite.leads(path, place) || ClientMarkerWrite.leads(place, path));
    }

    private boolean isAnothers(Place element) {
        return Boolean.FALSE.equals(tested.get(element));
    }

    private static Place above(Place place) {
        return new Place(place.tokens().subList(0, place.tokens().size() - 1));
    }

    private static Optional<String> string(JsonSpan operation, String name) {
        return operation
                .find(ExtensionEntry.place(name))
                .filter(value -> value.kind() == Kind.STRING)
                .map(JsonSpan::text);
    }

    /** RFC 6901 §3. */
    private static Optional<Place> pointer(JsonSpan operation, String name) {
        Optional<String> text = string(operation, name);
        if (text.isEmpty() || text.get().isEmpty()) {
            return text.map(whole -> Place.ROOT);
        }
        if (text.get().charAt(0) != '/') {
            return Optional.empty();
        }
        var tokens = new ArrayList<String>();
        for (String token : text.get().substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.of(new Place(tokens));
    }
}
