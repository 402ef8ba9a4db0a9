package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** JSON in lines, members in the order of their names, so that equal documents have equal lines. */
final class JsonLines {
    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})|[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} .*");

    private final List<String> lines = new ArrayList<>();

    private JsonLines() {}

    static List<String> of(String json) {
        return of(json, json);
    }

    /** What fits a placeholder that is expected stands as the placeholder. */
    static List<String> of(String json, String expected) {
        if (json.isEmpty()) {
            return List.of("  (no body)");
        }
        try {
            var output = new JsonLines();
            output.append("  ", "", JsonSpan.of(json), expectation(expected), "");
            return output.lines;
        } catch (MalformedJsonException e) {
            return json.lines().map(line -> "  " + line).toList();
        }
    }

    static boolean fits(String text, String expected) {
        return expected.equals(Case.ANY)
                || (expected.equals(Case.TIME) && TIME.matcher(text).matches())
                || text.equals(expected);
    }

    private static Optional<JsonSpan> expectation(String expected) {
        return expected.isEmpty() ? Optional.empty() : Optional.of(JsonSpan.of(expected));
    }

    private void append(String indent, String name, JsonSpan value, Optional<JsonSpan> expected, String end) {
        String start = indent + name;
        if (expected.filter(it -> stands(it, value)).isPresent()) {
            lines.add(start + expected.get().json() + end);
            return;
        }
        switch (value.kind()) {
            case OBJECT -> {
                lines.add(start + "{");
                appendMembers(indent + "  ", value, expected);
                lines.add(indent + "}" + end);
            }
            case ARRAY -> {
                lines.add(start + "[");
                appendElements(indent + "  ", value, expected);
                lines.add(indent + "]" + end);
            }
            case STRING, NUMBER, TRUE, FALSE, NULL -> lines.add(start + value.json() + end);
        }
    }

    private void appendMembers(String indent, JsonSpan object, Optional<JsonSpan> expected) {
        object.members().stream()
                .sorted(Comparator.comparing(member -> member.name().text()))
                .forEach(member -> append(
                        indent,
                        member.name().json() + ": ",
                        member.value(),
                        expected.filter(it -> it.kind() == JsonSpan.Kind.OBJECT)
                                .flatMap(it ->
                                        it.find(new Place(List.of(member.name().text())))),
                        ","));
    }

    private void appendElements(String indent, JsonSpan array, Optional<JsonSpan> expected) {
        List<JsonSpan> wanted = expected.filter(it -> it.kind() == JsonSpan.Kind.ARRAY)
                .map(JsonSpan::elements)
                .orElse(List.of());
        List<JsonSpan> elements = array.elements();
        for (int i = 0; i < elements.size(); i++) {
            append(indent, "", elements.get(i), i < wanted.size() ? Optional.of(wanted.get(i)) : Optional.empty(), ",");
        }
    }

    /** Whether the expected value is a placeholder that the value fits. */
    private static boolean stands(JsonSpan expected, JsonSpan value) {
        if (expected.kind() != JsonSpan.Kind.STRING) {
            return false;
        }
        String text = expected.text();
        boolean placeholder = text.equals(Case.ANY) || text.equals(Case.TIME);
        return placeholder
                && (text.equals(Case.ANY) || (value.kind() == JsonSpan.Kind.STRING && fits(value.text(), text)));
    }
}
