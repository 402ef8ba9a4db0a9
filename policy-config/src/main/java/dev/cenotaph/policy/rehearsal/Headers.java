package dev.cenotaph.policy.rehearsal;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields by name, whatever its case; one value each. */
public record Headers(Map<String, String> fields) {
    public static final Headers NONE = new Headers(Map.of());

    public Headers {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(fields);
        fields = Collections.unmodifiableMap(sorted);
    }

    public static Headers of(String name, String value) {
        return new Headers(Map.of(name, value));
    }

    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public Headers with(String name, String value) {
        var more = new TreeMap<>(fields);
        more.put(name, value);
        return new Headers(more);
    }

    Headers with(Headers others) {
        var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(fields);
        more.putAll(others.fields);
        return new Headers(more);
    }

    Headers without(List<String> names) {
        var fewer = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(fields);
        names.forEach(fewer::remove);
        return new Headers(fewer);
    }

    /** The media type in lower case, without parameters. */
    Optional<String> mediaType() {
        return first("Content-Type").map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    boolean isJson() {
        return mediaType()
                .filter(type -> type.equals("application/json") || type.endsWith("+json"))
                .isPresent();
    }
}
