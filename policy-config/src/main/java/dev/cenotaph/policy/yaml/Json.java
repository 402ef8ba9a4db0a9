package dev.cenotaph.policy.yaml;

/** Text as a JSON string (RFC 8259 §7). */
final class Json {
    private Json() {}

    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(character -> append(json, (char) character));
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char character) {
        if (character == '"' || character == '\\') {
            json.append('\\').append(character);
        } else if (character < 0x20) {
            json.append("\\u%04x".formatted((int) character));
        } else {
            json.append(character);
        }
    }
}
