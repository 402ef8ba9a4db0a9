package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the body of a client's write does to the marker.
 *
 * @param alone whether the body holds nothing beside the marker
 */
public record ClientMarkerWrite(Effect effect, boolean alone) {

    /** What a write does to the marker. */
    public enum Effect {
        /** It sets the marker to trashed. */
        TRASHES,
        /** It sets the marker to live, or takes it away. */
        REVIVES,
        /** It does not speak of the marker. */
        SILENT,
        /** It cannot be told: a body that is not understood, or one that does to the marker what only the upstream knows. */
        UNREADABLE
    }

    private static final Set<String> WRITES = Set.of("PUT", "PATCH", "POST");

    static final ClientMarkerWrite UNREADABLE = new ClientMarkerWrite(Effect.UNREADABLE, false);
    private static final ClientMarkerWrite SILENT = new ClientMarkerWrite(Effect.SILENT, false);

    /**
     * Reads a write to one item.
     *
     * @param contentType the header's value, with its parameters
     */
    public static ClientMarkerWrite read(
            ResourcePolicy policy, String method, Optional<String> contentType, byte[] body) {
        Optional<Mark> mark = Mark.of(policy.marker());
        if (mark.isEmpty() || body.length == 0 || !WRITES.contains(method)) {
            return SILENT;
        }
        String mediaType = contentType.map(ClientMarkerWrite::mediaType).orElse("application/json");
        if (!isJson(mediaType)) {
            return UNREADABLE;
        }
        try {
            JsonSpan root = JsonSpan.of(body);
            // Some upstreams take a JSON Patch under any name; an array is nothing else.
            if (root.kind() == Kind.ARRAY) {
                return new ClientPatch(mark.get(), places(policy, mark.get())).read(root);
            }
            boolean patch = mediaType.equals("application/json-patch+json");
            return patch ? UNREADABLE : object(mark.get(), places(policy, mark.get()), root);
        } catch (MalformedJsonException notJson) {
            return UNREADABLE;
        }
    }

    /** The marker, as far as a client's body tells of it. */
    record Mark(Place place, Optional<ExtensionEntry> entry, Function<JsonSpan, MarkerReading> reading) {

        static Optional<Mark> of(Marker marker) {
            return switch (marker) {
                case Marker.Flag flag -> Optional.of(field(flag.place(), new Field.Flag()));
                case Marker.Timestamp time -> Optional.of(field(time.place(), new Field.Timestamp()));
                case Marker.Status status ->
                    Optional.of(field(status.place(), new Field.Status(status.trashed(), status.live())));
                case Marker.ExtensionList list -> {
                    ExtensionEntry entry = ExtensionEntry.of(list);
                    yield Optional.of(new Mark(list.list(), Optional.of(entry), span -> ListCodec.read(span, entry)));
                }
                case Marker.ExtensionResource resource -> Optional.empty();
                case Marker.Snapshot snapshot -> Optional.empty();
            };
        }

        private static Mark field(Place place, Field field) {
            return new Mark(place, Optional.empty(), field::read);
        }

        /** What a value at the marker's place does. */
        Effect effect(JsonSpan value) {
            return effect(reading.apply(value));
        }

        static Effect effect(MarkerReading reading) {
            return switch (reading) {
                case MarkerReading.Trashed trashed -> Effect.TRASHES;
                case MarkerReading.Live live -> Effect.REVIVES;
                case MarkerReading.Hidden hidden -> Effect.UNREADABLE;
            };
        }

        /** Whether a value at the marker's place holds nothing else. */
        boolean isAlone(JsonSpan value) {
            return entry.isEmpty() || value.elements().stream().allMatch(entry.get()::matches);
        }
    }

    /** What a value does that stands at {@code known}, on the way to the place or at it; empty where it says nothing. */
    static Optional<Effect> effect(Mark mark, JsonSpan value, Place known, Place place) {
        List<String> rest =
                place.tokens().subList(known.tokens().size(), place.tokens().size());
        Optional<JsonSpan> found = value.find(new Place(rest));
        if (found.isPresent()) {
            return found.map(mark::effect);
        }
        // An object that held the marker and is null now holds it no longer.
        for (int tokens = 0; tokens < rest.size(); tokens++) {
            Optional<JsonSpan> holder = value.find(new Place(rest.subList(0, tokens)));
            if (holder.isPresent() && holder.get().kind() == Kind.NULL) {
                return Optional.of(Effect.REVIVES);
            }
        }
        return Optional.empty();
    }

    /** Whether a value holds nothing beside the marker at one of the places; {@code known} as in {@link #effect}. */
    static boolean isAlone(Mark mark, JsonSpan value, Place known, Set<Place> places) {
        if (places.contains(known)) {
            return mark.isAlone(value);
        }
        return value.members().stream().allMatch(member -> {
            Place inner = known.append(ExtensionEntry.place(member.name().text()));
            return places.stream().anyMatch(place -> leads(inner, place))
                    && isAlone(mark, member.value(), inner, places);
        });
    }

    static boolean leads(Place above, Place place) {
        int tokens = above.tokens().size();
        return tokens <= place.tokens().size()
                && place.tokens().subList(0, tokens).equals(above.tokens());
    }

    private static ClientMarkerWrite object(Mark mark, Set<Place> places, JsonSpan root) {
        Effect effect = Effect.SILENT;
        for (Place place : places) {
            effect = stronger(effect, effect(mark, root, Place.ROOT, place).orElse(Effect.SILENT));
        }
        return new ClientMarkerWrite(effect, effect != Effect.SILENT && isAlone(mark, root, Place.ROOT, places));
    }

    private static Effect stronger(Effect one, Effect other) {
        return List.of(Effect.TRASHES, Effect.UNREADABLE, Effect.REVIVES, Effect.SILENT).stream()
                .filter(effect -> effect == one || effect == other)
                .findFirst()
                .orElseThrow();
    }

    /** Where a document may hold the marker: where it is read, and where it is written. */
    private static Set<Place> places(ResourcePolicy policy, Mark mark) {
        var places = new LinkedHashSet<Place>();
        places.add(policy.wrap().append(mark.place()));
        policy.write().at().ifPresent(at -> places.add(policy.wrap().append(at)));
        return places;
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String mediaType) {
        return mediaType.endsWith("/json") || mediaType.endsWith("+json");
    }
}
