package dev.cenotaph.policy.paging;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query as it stands in a URL. What is not asked to change stays byte for byte.
 *
 * @param text without the question mark; empty for none
 */
public record RawQuery(String text) {

    public static RawQuery of(Optional<String> query) {
        return new RawQuery(query.orElse(""));
    }

    /** With its question mark, or empty. */
    public String suffix() {
        return text.isEmpty() ? "" : "?" + text;
    }

    /** The values of a parameter, decoded; a parameter without {@code =} has the empty text. */
    public List<String> values(String name) {
        return parameters().stream()
                .filter(parameter -> name(parameter).equals(name))
                .map(RawQuery::value)
                .toList();
    }

    /** The value of a parameter that is there once. */
    public Optional<String> only(String name) {
        List<String> values = values(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Each parameter with its value, decoded. */
    List<String> pairs() {
        return parameters().stream()
                .map(parameter -> name(parameter) + "=" + value(parameter))
                .toList();
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    /** Whether it has no parameter but these. */
    public boolean hasOnly(Set<String> names) {
        return parameters().stream().allMatch(parameter -> names.contains(name(parameter)));
    }

    /** With one value of a parameter: where the first one stood, or at the end. */
    public RawQuery with(String name, String value) {
        String written = encoded(name) + "=" + encoded(value);
        var all = new ArrayList<String>();
        boolean there = false;
        for (String parameter : parameters()) {
            if (!name(parameter).equals(name)) {
                all.add(parameter);
            } else if (!there) {
                all.add(written);
                there = true;
            }
        }
        if (!there) {
            all.add(written);
        }
        return new RawQuery(String.join("&", all));
    }

    public RawQuery without(String name) {
        return new RawQuery(String.join(
                "&",
                parameters().stream()
                        .filter(parameter -> !name(parameter).equals(name))
                        .toList()));
    }

    public boolean hasInAnyCase(String name) {
        return parameters().stream().anyMatch(parameter -> name(parameter).equalsIgnoreCase(name));
    }

    /** With each parameter of a filter that is not there yet, whatever its case. */
    public RawQuery withMissing(Map<String, String> filter) {
        RawQuery query = this;
        for (Map.Entry<String, String> parameter : filter.entrySet()) {
            if (!hasInAnyCase(parameter.getKey())) {
                query = query.with(parameter.getKey(), parameter.getValue());
            }
        }
        return query;
    }

    private List<String> parameters() {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("&", -1));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    private static String value(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return raw;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
