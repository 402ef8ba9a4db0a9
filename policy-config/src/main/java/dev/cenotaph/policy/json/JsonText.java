package dev.cenotaph.policy.json;

import java.nio.charset.StandardCharsets;

/** Strings as JSON writes them. */
public final class JsonText {
    private JsonText() {}

    /** A JSON string, quotes included (RFC 8259 §7). */
    public static String quote(String value) {
        var text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || isLoneSurrogate(value, i)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }

    /** What the bytes between the quotes of a well-formed JSON string mean. */
    static String unescape(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        int escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        int copied = 0;
        while (escape >= 0) {
            text.append(raw, copied, escape);
            char c = raw.charAt(escape + 1);
            copied = escape + 2;
            if (c == 'u') {
                text.append((char) Integer.parseInt(raw, copied, copied + 4, 16));
                copied += 4;
            } else {
                text.append(meaning(c));
            }
            escape = raw.indexOf('\\', copied);
        }
        return text.append(raw, copied, raw.length()).toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    private static boolean isLoneSurrogate(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }
}
