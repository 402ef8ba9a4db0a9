package dev.cenotaph.policy.json;

import dev.cenotaph.policy.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A JSON document that can be changed at one place, every other byte staying as it came. What is put in follows the
 * formatting of what stands beside it; putting in a member that was absent and taking it out again gives the same bytes.
 */
public final class JsonDocument {
    private final byte[] bytes;

    private JsonDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The document that these bytes are; shared, not copied.
     *
     * @throws MalformedJsonException if they are none
     */
    public static JsonDocument of(byte[] bytes) {
        JsonSpan.of(bytes);
        return new JsonDocument(bytes);
    }

    public static JsonDocument of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The document's own value, without byte order mark and white space around it. */
    public JsonSpan root() {
        return JsonSpan.of(bytes);
    }

    public Optional<JsonSpan> find(Place place) {
        return JsonSpan.find(bytes, 0, bytes.length, place);
    }

    /**
     * Puts a value at a place: instead of what stands there, or as the last member of the object around it. Objects
     * missing on the way are made, also where {@code null} stands for one.
     *
     * @throws MisplacedJsonException if something else stands where an object should
     */
    public JsonDocument set(Place place, String json) {
        Optional<JsonSpan> there = find(place);
        if (there.isPresent()) {
            return splice(there.get().start(), there.get().end(), json);
        }
        int known = place.tokens().size() - 1;
        while (find(above(place, known)).isEmpty()) {
            known--;
        }
        JsonSpan holder = find(above(place, known)).orElseThrow();
        List<String> missing = place.tokens().subList(known, place.tokens().size());
        if (holder.kind() == JsonSpan.Kind.OBJECT) {
            return insert(holder, missing.getFirst(), nest(missing.subList(1, missing.size()), json));
        }
        if (holder.kind() == JsonSpan.Kind.NULL && known > 0) {
            return splice(holder.start(), holder.end(), nest(missing, json));
        }
        throw new MisplacedJsonException(
                "no object at \"" + above(place, known) + "\", so nothing can stand at \"" + place + "\"");
    }

    /** Takes the member at a place out of its object, all of them if its name is there more than once. */
    public JsonDocument remove(Place place) {
        int last = place.tokens().size() - 1;
        if (last < 0) {
            throw new MisplacedJsonException("a document cannot be taken out of itself");
        }
        JsonDocument left = this;
        while (true) {
            Optional<List<JsonSpan.Member>> members =
                    left.find(above(place, last)).map(JsonSpan::members);
            int found =
                    members.map(all -> indexOf(all, place.tokens().get(last))).orElse(-1);
            if (found < 0) {
                return left;
            }
            left = left.without(
                    members.orElseThrow().stream()
                            .map(member -> new int[] {
                                member.name().start(), member.value().end()
                            })
                            .toList(),
                    found);
        }
    }

    /**
     * Adds a last element to the array at a place.
     *
     * @throws MisplacedJsonException if no array stands there
     */
    public JsonDocument append(Place place, String json) {
        JsonSpan array = array(place);
        List<JsonSpan> elements = array.elements();
        if (elements.isEmpty()) {
            return splice(array.start() + 1, array.start() + 1, json);
        }
        JsonSpan last = elements.getLast();
        return splice(last.end(), last.end(), "," + blankBefore(last.start()) + json);
    }

    /**
     * Takes an element out of the array at a place.
     *
     * @throws MisplacedJsonException if no array stands there
     */
    public JsonDocument removeElement(Place place, int index) {
        List<int[]> ranges = array(place).elements().stream()
                .map(element -> new int[] {element.start(), element.end()})
                .toList();
        return without(ranges, index);
    }

    /** Objects around a value, one for each name, outermost first. */
    public static String nest(List<String> names, String json) {
        var text = new StringBuilder();
        for (String name : names) {
            text.append('{').append(JsonText.quote(name)).append(':');
        }
        return text.append(json).append("}".repeat(names.size())).toString();
    }

    private JsonSpan array(Place place) {
        return find(place)
                .filter(span -> span.kind() == JsonSpan.Kind.ARRAY)
                .orElseThrow(() -> new MisplacedJsonException("no array at \"" + place + "\""));
    }

    private JsonDocument insert(JsonSpan object, String name, String json) {
        List<JsonSpan.Member> members = object.members();
        if (members.isEmpty()) {
            return splice(object.start() + 1, object.start() + 1, JsonText.quote(name) + ":" + json);
        }
        JsonSpan.Member last = members.getLast();
        String colon = text(last.name().end(), last.value().start());
        int end = last.value().end();
        return splice(end, end, "," + blankBefore(last.name().start()) + JsonText.quote(name) + colon + json);
    }

    /** Without one of the parts of an object or array, and without one comma beside it. */
    private JsonDocument without(List<int[]> parts, int index) {
        int[] part = parts.get(index);
        if (index > 0) {
            return splice(parts.get(index - 1)[1], part[1], "");
        }
        return splice(part[0], parts.size() > 1 ? parts.get(1)[0] : part[1], "");
    }

    private JsonDocument splice(int from, int to, String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(bytes.length + text.length);
        out.write(bytes, 0, from);
        out.write(text, 0, text.length);
        out.write(bytes, to, bytes.length - to);
        return new JsonDocument(out.toByteArray());
    }

    private String blankBefore(int end) {
        int start = end;
        while (bytes[start - 1] <= ' ' && bytes[start - 1] > 0) {
            start--;
        }
        return text(start, end);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static int indexOf(List<JsonSpan.Member> members, String name) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).name().text().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Place above(Place place, int tokens) {
        return new Place(place.tokens().subList(0, tokens));
    }
}
