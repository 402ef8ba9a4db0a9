package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.ArrayList;
import java.util.List;

/**
 * How a key is spelt in the database, so that no two keys are spelt alike. Each parent is followed by a slash; a percent
 * sign, a slash inside a parent, and what a database cannot hold as text (NUL, half a surrogate pair) are escaped.
 */
final class KeyText {
    /** Stands between the three texts of a key where they are read as one: in none of them does it follow a percent sign. */
    static final String BETWEEN = "%|";

    private static final String HEX = "0123456789ABCDEF";

    private KeyText() {}

    static String ofParents(List<String> parents) {
        StringBuilder text = new StringBuilder();
        for (String parent : parents) {
            append(parent, true, text);
            text.append('/');
        }
        return text.toString();
    }

    static String ofId(String id) {
        StringBuilder text = new StringBuilder(id.length());
        append(id, false, text);
        return text.toString();
    }

    static List<String> parents(String text) {
        List<String> parents = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('/'); end >= 0; end = text.indexOf('/', start)) {
            parents.add(id(text.substring(start, end)));
            start = end + 1;
        }
        return parents;
    }

    /** The key whose resource, parents and id stand in one text. */
    static ItemKey key(String text) {
        int parents = text.indexOf(BETWEEN);
        int id = text.indexOf(BETWEEN, parents + BETWEEN.length());
        return new ItemKey(
                id(text.substring(0, parents)),
                parents(text.substring(parents + BETWEEN.length(), id)),
                id(text.substring(id + BETWEEN.length())));
    }

    static String id(String text) {
        int escape = text.indexOf('%');
        if (escape < 0) {
            return text;
        }
        StringBuilder id = new StringBuilder(text.length());
        int start = 0;
        for (; escape >= 0; escape = text.indexOf('%', start)) {
            id.append(text, start, escape);
            id.append((char) Integer.parseInt(text, escape + 1, escape + 5, 16));
            start = escape + 5;
        }
        return id.append(text, start, text.length()).toString();
    }

    private static void append(String value, boolean parent, StringBuilder text) {
        for (int at = 0; at < value.length(); at++) {
            char next = value.charAt(at);
            if (Character.isHighSurrogate(next)
                    && at + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(at + 1))) {
                text.append(next).append(value.charAt(++at));
            } else if (next == '%' || next == 0 || Character.isSurrogate(next) || (parent && next == '/')) {
                appendEscape(next, text);
            } else {
                text.append(next);
            }
        }
    }

    private static void appendEscape(char escaped, StringBuilder text) {
        text.append('%');
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(HEX.charAt(escaped >> shift & 0xF));
        }
    }
}
