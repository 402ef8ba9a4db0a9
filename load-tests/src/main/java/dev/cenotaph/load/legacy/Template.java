package dev.cenotaph.load.legacy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A path whose segments are literal, or a variable such as {@code {id}}, which may have a suffix: {@code {id}.json}. */
record Template(List<String> segments) {
    Template {
        segments = List.copyOf(segments);
    }

    static Template of(String path) {
        return new Template(List.of(path.substring(1).split("/")));
    }

    /** The values of the variables, if the decoded segments fit. */
    Optional<List<String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < path.size(); i++) {
            String pattern = segments.get(i);
            String segment = path.get(i);
            if (!isVariable(pattern)) {
                if (!pattern.equals(segment)) {
                    return Optional.empty();
                }
                continue;
            }
            String suffix = suffix(pattern);
            if (segment.length() <= suffix.length() || !segment.endsWith(suffix)) {
                return Optional.empty();
            }
            values.add(segment.substring(0, segment.length() - suffix.length()));
        }
        return Optional.of(values);
    }

    /** The path with these values in it, percent-encoded. */
    String fill(List<String> values) {
        Iterator<String> next = values.iterator();
        StringBuilder path = new StringBuilder();
        for (String pattern : segments) {
            path.append('/').append(isVariable(pattern) ? Percent.encode(next.next()) + suffix(pattern) : pattern);
        }
        return path.toString();
    }

    private static boolean isVariable(String pattern) {
        return pattern.startsWith("{");
    }

    private static String suffix(String pattern) {
        return pattern.substring(pattern.indexOf('}') + 1);
    }
}
