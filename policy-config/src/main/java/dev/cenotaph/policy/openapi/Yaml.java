package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import java.util.regex.Pattern;

/** Writes texts of a document into a policy file so that they stay what they are. */
final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9_./{}-]*");
    private static final Pattern WORD =
            Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|none|previous|timestamp");

    private Yaml() {}

    /** A member's name or a pointer, quoted where it must be. */
    static String place(Place place) {
        boolean member = place.tokens().size() == 1
                && PLAIN.matcher(place.tokens().getFirst()).matches();
        return member ? text(place.tokens().getFirst()) : text(place.pointer());
    }

    /** A pointer, even to a member of the top. */
    static String pointer(Place place) {
        return text(place.pointer());
    }

    /** A text, quoted unless any reader takes it for one. */
    static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        boolean plainPointer = PLAIN_PATH.matcher(text).matches() && !text.contains("{");
        return plain || plainPointer ? text : quoted(text);
    }

    /** A template, where no flow brackets are around it. */
    static String template(String template) {
        return PLAIN_PATH.matcher(template).matches() ? template : quoted(template);
    }

    /** In double quotes, where every text can be written. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append((char) letter);
            } else if (letter < ' '
                    || (letter >= 0x7F && letter < 0xA0)
                    || letter == 0x2028
                    || letter == 0x2029
                    || letter == 0xFEFF
                    || (letter >= 0xD800 && letter < 0xE000)) {
                quoted.append("\\u%04X".formatted(letter));
            } else {
                quoted.appendCodePoint(letter);
            }
        });
        return quoted.append('"').toString();
    }

    /** A place as comments name it. */
    static String comment(Place place) {
        String text = place.tokens().size() == 1 ? place.tokens().getFirst() : place.pointer();
        return "`" + Words.inLine(text) + "`";
    }
}
