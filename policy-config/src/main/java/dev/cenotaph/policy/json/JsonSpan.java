package dev.cenotaph.policy.json;

import dev.cenotaph.policy.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON value as it lies among other bytes, without the white space around it.
 *
 * @param bytes shared, not to be changed
 * @param start its first byte
 * @param end after its last byte
 */
public record JsonSpan(byte[] bytes, int start, int end) {

    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL
    }

    /** A member of an object. */
    public record Member(JsonSpan name, JsonSpan value) {}

    /**
     * The value of a document.
     *
     * @throws MalformedJsonException if it is none
     */
    public static JsonSpan of(byte[] document) {
        return find(document, 0, document.length, Place.ROOT).orElseThrow();
    }

    /** The value that a JSON text is. */
    public static JsonSpan of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Looks up a place in a document. Where a name is there twice, the last one counts, as with most parsers.
     *
     * @throws MalformedJsonException if the slice is no JSON document; its offset counts from the start of {@code bytes}
     */
    public static Optional<JsonSpan> find(byte[] bytes, int offset, int length, Place place) {
        var finder = new PlaceFinder(place);
        finder.in(bytes);
        var scanner = new JsonScanner(finder, JsonScanner.DEPTH, offset);
        scanner.feed(bytes, offset, offset + length);
        scanner.finish();
        return finder.start() < 0 ? Optional.empty() : Optional.of(new JsonSpan(bytes, finder.start(), finder.end()));
    }

    /** Looks up a place below this value. */
    public Optional<JsonSpan> find(Place place) {
        return place.isRoot() ? Optional.of(this) : find(bytes, start, end - start, place);
    }

    public Kind kind() {
        return switch (bytes[start]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't' -> Kind.TRUE;
            case 'f' -> Kind.FALSE;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    /** The JSON text, as it stands there. */
    public String json() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** What a string means; of any other value, its JSON text. */
    public String text() {
        return kind() == Kind.STRING ? JsonText.unescape(bytes, start + 1, end - 1) : json();
    }

    /** The members of an object in their order, none of any other value. */
    public List<Member> members() {
        return kind() == Kind.OBJECT ? new Children(this).members() : List.of();
    }

    /** The elements of an array in their order, none of any other value. */
    public List<JsonSpan> elements() {
        return kind() == Kind.ARRAY ? new Children(this).elements() : List.of();
    }

    private void scan(JsonEvents events) {
        var scanner = new JsonScanner(events, JsonScanner.DEPTH, start);
        scanner.feed(bytes, start, end);
        scanner.finish();
    }

    private static final class Children implements JsonEvents {
        private final JsonSpan parent;
        private final List<JsonSpan> names = new ArrayList<>();
        private final List<JsonSpan> values = new ArrayList<>();
        private int start;

        Children(JsonSpan parent) {
            this.parent = parent;
            parent.scan(this);
        }

        List<JsonSpan> elements() {
            return List.copyOf(values);
        }

        List<Member> members() {
            var members = new ArrayList<Member>(values.size());
            for (int i = 0; i < values.size(); i++) {
                members.add(new Member(names.get(i), values.get(i)));
            }
            return members;
        }

        @Override
        public void name(int depth, long from, long to) {
            if (depth == 1) {
                names.add(new JsonSpan(parent.bytes, (int) from, (int) to));
            }
        }

        @Override
        public void begins(int depth, byte first, long at) {
            if (depth == 1) {
                start = (int) at;
            }
        }

        @Override
        public void ends(int depth, long end) {
            if (depth == 1) {
                values.add(new JsonSpan(parent.bytes, start, (int) end));
            }
        }
    }
}
