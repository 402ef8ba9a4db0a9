package dev.cenotaph.policy.marker;

import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the id that an item holds, decoded as it stands in a path. */
public final class IdReader {
    private final ItemId id;
    private final boolean isLink;

    /** The literals after the id in the item's template, as in {@code /orders/{id}/detail}. */
    private final List<String> after;

    private final String suffix;

    private IdReader(ItemId id, List<String> after, String suffix) {
        this.id = id;
        this.isLink = id instanceof ItemId.Href;
        this.after = after;
        this.suffix = suffix;
    }

    public static IdReader of(ResourcePolicy policy) {
        var after = new ArrayList<String>();
        String suffix = "";
        for (PathTemplate.Segment segment : policy.item().segments()) {
            switch (segment) {
                case PathTemplate.Variable variable -> {
                    after.clear();
                    suffix = variable.suffix();
                }
                case PathTemplate.Literal literal -> {
                    if (!literal.text().isEmpty()) {
                        after.add(literal.text());
                    }
                }
            }
        }
        return new IdReader(policy.id(), List.copyOf(after), suffix);
    }

    /** The id of the item in a slice; empty if it holds none that can be read. */
    public Optional<String> read(byte[] bytes, int offset, int length) {
        try {
            return JsonSpan.find(bytes, offset, length, Place.ROOT).flatMap(this::read);
        } catch (MalformedJsonException notJson) {
            return Optional.empty();
        }
    }

    /**
     * The id of the item in the body of a one-item request or answer; empty if it holds none that can be read.
     *
     * @param wrap where the item sits in the body
     */
    public Optional<String> readDocument(Place wrap, byte[] document) {
        try {
            return JsonSpan.of(document).find(wrap).flatMap(this::read);
        } catch (MalformedJsonException notJson) {
            return Optional.empty();
        }
    }

    /** The id in a link to an item, such as a {@code Location}; empty if it has none. */
    public Optional<String> readLink(String link) {
        return lastSegment(link);
    }

    /** The id of an item; empty if it holds none that can be read. */
    public Optional<String> read(JsonSpan item) {
        return item.find(place()).flatMap(this::readValue);
    }

    /** Where the id stands in an item. */
    public Place place() {
        return switch (id) {
            case ItemId.Member member -> member.place();
            case ItemId.Href href -> href.place();
        };
    }

    /** The id that the value at its {@link #place} gives; empty if it gives none that can be read. */
    public Optional<String> readValue(JsonSpan value) {
        JsonSpan.Kind kind = value.kind();
        if (isLink) {
            return kind == JsonSpan.Kind.STRING ? lastSegment(value.text()) : Optional.empty();
        }
        return kind == JsonSpan.Kind.STRING || kind == JsonSpan.Kind.NUMBER ? someText(value) : Optional.empty();
    }

    private static Optional<String> someText(JsonSpan value) {
        String text = value.text();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Optional<String> lastSegment(String link) {
        var segments = new ArrayList<>(segments(path(link)));
        for (int i = after.size() - 1; i >= 0 && !segments.isEmpty(); i--) {
            if (segments.getLast().equals(after.get(i))) {
                segments.removeLast();
            }
        }
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        String last = segments.getLast();
        boolean suffixed = !suffix.isEmpty() && last.endsWith(suffix) && last.length() > suffix.length();
        return decoded(suffixed ? last.substring(0, last.length() - suffix.length()) : last);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/")).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** Without scheme, authority, query and fragment (RFC 3986 §3), and without the open end of a templated link (RFC 6570). */
    private static String path(String link) {
        int end = 0;
        while (end < link.length() && "?#{".indexOf(link.charAt(end)) < 0) {
            end++;
        }
        String rest = link.substring(0, end);
        int authority = rest.indexOf("//");
        boolean absolute = authority == 0 || (authority > 0 && rest.charAt(authority - 1) == ':');
        if (!absolute) {
            return rest;
        }
        int path = rest.indexOf('/', authority + 2);
        return path < 0 ? "" : rest.substring(path);
    }

    private static Optional<String> decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return Optional.of(segment);
        }
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(16 * high + low);
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
