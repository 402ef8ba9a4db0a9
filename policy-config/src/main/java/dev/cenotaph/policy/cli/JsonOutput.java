package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.json.JsonText;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as people like to read it. Made of maps, lists, texts, numbers, booleans, {@link Raw} and optionals of these. */
final class JsonOutput {
    private final StringBuilder text = new StringBuilder();

    /** JSON text that stands as it is. */
    record Raw(String json) {}

    private JsonOutput() {}

    /** An object with these members, names and values in turn; a value that is an empty optional is left out. */
    static Map<String, Object> object(Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (!(value instanceof Optional<?> optional)) {
                members.put((String) namesAndValues[i], value);
            } else if (optional.isPresent()) {
                members.put((String) namesAndValues[i], optional.get());
            }
        }
        return members;
    }

    /** The text, with a last line break. */
    static String pretty(Object value) {
        var output = new JsonOutput();
        output.append(value, "\n");
        return output.text.append('\n').toString();
    }

    private void append(Object value, String lineBreak) {
        if (value instanceof Map<?, ?> map) {
            appendAll(map.entrySet().iterator(), '{', '}', lineBreak);
        } else if (value instanceof List<?> list) {
            appendAll(list.iterator(), '[', ']', lineBreak);
        } else if (value instanceof Raw raw) {
            text.append(raw.json());
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            text.append(JsonText.quote(value.toString()));
        }
    }

    private void appendAll(Iterator<?> elements, char open, char close, String lineBreak) {
        text.append(open);
        boolean empty = !elements.hasNext();
        String inner = lineBreak + "  ";
        while (elements.hasNext()) {
            text.append(inner);
            Object element = elements.next();
            if (element instanceof Map.Entry<?, ?> member) {
                text.append(JsonText.quote((String) member.getKey())).append(": ");
                append(member.getValue(), inner);
            } else {
                append(element, inner);
            }
            text.append(elements.hasNext() ? "," : "");
        }
        text.append(empty ? "" : lineBreak).append(close);
    }
}
