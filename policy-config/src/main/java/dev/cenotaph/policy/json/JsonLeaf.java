package dev.cenotaph.policy.json;

/**
 * Steps over strings, numbers, {@code true}, {@code false} and {@code null} that lie whole in an array, eight bytes at a
 * time where they are long. Checks all that {@link JsonScanner} checks, but does not say what is wrong, nor whether more
 * bytes would mend it.
 */
final class JsonLeaf {
    /** No whole, well-formed value. */
    static final int NONE = -1;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private JsonLeaf() {}

    /** The end of the value, or {@link #NONE}. */
    static int end(byte[] bytes, int from, int to) {
        if (from >= to) {
            return NONE;
        }
        byte first = bytes[from];
        if (first == '"') {
            return string(bytes, from, to);
        }
        // Digits and the minus come before all letters.
        return first <= '9' ? number(bytes, from, to) : literal(first, bytes, from, to);
    }

    /** The end of a string that begins with a quote, or {@link #NONE}. */
    static int string(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (at <= to - EightBytes.LENGTH) {
            long breaks = EightBytes.breaks(EightBytes.at(bytes, at));
            if (breaks == 0) {
                at += EightBytes.LENGTH;
                continue;
            }
            at += EightBytes.first(breaks);
            if (bytes[at] == '"') {
                return at + 1;
            }
            at = oddity(bytes, at, to);
            if (at < 0) {
                return NONE;
            }
        }
        return shortString(bytes, at, to);
    }

    /** The rest of a string, byte by byte. */
    private static int shortString(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            }
            at = b >= ' ' && b != '\\' ? at + 1 : oddity(bytes, at, to);
            if (at < 0) {
                return NONE;
            }
        }
        return NONE;
    }

    /** The end of an escape, or of characters beyond ASCII in a row. */
    private static int oddity(byte[] bytes, int from, int to) {
        if (bytes[from] == '\\') {
            return escape(bytes, from + 1, to);
        }
        int at = from;
        while (at < to && bytes[at] < 0) {
            at = character(bytes, at, to);
            if (at < 0) {
                return NONE;
            }
        }
        return at > from ? at : NONE;
    }

    private static int escape(byte[] bytes, int at, int to) {
        if (at >= to) {
            return NONE;
        }
        return switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> hex(bytes, at + 1, to);
            default -> NONE;
        };
    }

    private static int hex(byte[] bytes, int from, int to) {
        if (to - from < 4) {
            return NONE;
        }
        for (int at = from; at < from + 4; at++) {
            if (Character.digit(bytes[at], 16) < 0) {
                return NONE;
            }
        }
        return from + 4;
    }

    /** A character beyond ASCII: no overlong forms, no surrogates, nothing past U+10FFFF (RFC 3629 §4). */
    private static int character(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || to - at < length) {
            return NONE;
        }
        int second = bytes[at + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return NONE;
        }
        for (int next = at + 2; next < at + length; next++) {
            if ((bytes[next] & 0xC0) != 0x80) {
                return NONE;
            }
        }
        return at + length;
    }

    /** A number at the end of the bytes might go on, and so is none. */
    private static int number(byte[] bytes, int from, int to) {
        int start = bytes[from] == '-' ? from + 1 : from;
        int end = digits(bytes, start, to);
        if (end == start || (end > start + 1 && bytes[start] == '0')) {
            return NONE;
        }
        if (end < to && bytes[end] == '.') {
            end = someDigits(bytes, end + 1, to);
        }
        if (end >= 0 && end < to && (bytes[end] == 'e' || bytes[end] == 'E')) {
            end = exponent(bytes, end + 1, to);
        }
        return end < to ? end : NONE;
    }

    private static int exponent(byte[] bytes, int from, int to) {
        boolean signed = from < to && (bytes[from] == '+' || bytes[from] == '-');
        return someDigits(bytes, signed ? from + 1 : from, to);
    }

    private static int someDigits(byte[] bytes, int from, int to) {
        int end = digits(bytes, from, to);
        return end == from ? NONE : end;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - EightBytes.LENGTH) {
            long others = EightBytes.noDigits(EightBytes.at(bytes, at));
            if (others != 0) {
                return at + EightBytes.first(others);
            }
            at += EightBytes.LENGTH;
        }
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int literal(byte first, byte[] bytes, int from, int to) {
        return switch (first) {
            case 'n' -> literal(NULL, bytes, from, to);
            case 't' -> literal(TRUE, bytes, from, to);
            case 'f' -> literal(FALSE, bytes, from, to);
            default -> NONE;
        };
    }

    private static int literal(byte[] text, byte[] bytes, int from, int to) {
        int end = from + text.length;
        if (end > to) {
            return NONE;
        }
        for (int at = 1; at < text.length; at++) {
            if (bytes[from + at] != text[at]) {
                return NONE;
            }
        }
        return end;
    }
}
