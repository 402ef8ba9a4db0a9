package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bodies of a key-value sub-resource. The entries are the body's array, or the array in its {@code data} member, or
 * in the only member that holds one; a single entry may stand in {@code data} or alone.
 */
public final class ExtensionEntries {
    private static final Place DATA = new Place(List.of("data"));
    private static final Place ID = new Place(List.of("id"));
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * Our entry at the upstream.
     *
     * @param id as it stands in a path
     * @param json the whole entry
     */
    public record Entry(String id, MarkerReading reading, String json) {}

    private final ExtensionEntry ours;

    public ExtensionEntries(Marker.ExtensionResource marker) {
        this.ours = ExtensionEntry.of(marker);
    }

    /** The body of a new entry. */
    public byte[] entry(Instant deleteTime) {
        return ours.trashed(deleteTime).getBytes(StandardCharsets.UTF_8);
    }

    /** Our entry in a body, if it is there. */
    public Optional<Entry> find(byte[] body) {
        try {
            return candidates(JsonSpan.of(body)).stream()
                    .filter(element -> element.kind() == Kind.OBJECT && ours.matches(element))
                    .flatMap(element -> entry(element).stream())
                    .findFirst();
        } catch (MalformedJsonException notJson) {
            return Optional.empty();
        }
    }

    private Optional<Entry> entry(JsonSpan element) {
        return element.find(ID)
                .map(JsonSpan::text)
                // An upstream's word becomes part of a URL that is deleted: nothing that could lead elsewhere.
                .filter(id -> ENTRY_ID.matcher(id).matches())
                .map(id -> new Entry(id, ours.read(element), element.json()));
    }

    private static List<JsonSpan> candidates(JsonSpan document) {
        if (document.kind() == Kind.ARRAY) {
            return document.elements();
        }
        Optional<JsonSpan> data = document.find(DATA);
        if (data.isPresent()) {
            return data.get().kind() == Kind.ARRAY ? data.get().elements() : List.of(data.get());
        }
        List<JsonSpan> arrays = document.members().stream()
                .map(JsonSpan.Member::value)
                .filter(value -> value.kind() == Kind.ARRAY)
                .toList();
        return arrays.size() == 1 ? arrays.getFirst().elements() : List.of(document);
    }
}
