package dev.cenotaph.gateway.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * What went wrong, for a client (RFC 9457).
 *
 * @param code stable, kebab-case; the last part of {@code type}
 * @param members further members, in order
 */
public record Problem(int status, String code, String detail, Map<String, Object> members) {
    private static final String TYPES = "https://cenotaph.dev/problems/";
    private static final JsonMapper JSON = JsonMapper.shared();

    public Problem {
        members = new LinkedHashMap<>(members);
    }

    /** A problem with nothing but its detail. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Map.of());
    }

    /** This problem with one more member; without it where the value is null. */
    public Problem with(String name, @Nullable Object value) {
        var more = new LinkedHashMap<>(members);
        if (value != null) {
            more.put(name, value);
        }
        return new Problem(status, code, detail, more);
    }

    /** As the members of a JSON document, in order. */
    public Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", TYPES + code);
        document.put("title", title());
        document.put("status", status);
        document.put("detail", detail);
        document.putAll(members);
        return document;
    }

    String json() {
        return JSON.writeValueAsString(document());
    }

    private String title() {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? code : known.getReasonPhrase();
    }
}
