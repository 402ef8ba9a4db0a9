package dev.cenotaph.policy.match;

/** Reads one character from percent-escapes of UTF-8. */
final class EscapedUtf8 {
    private static final int ESCAPE = 3;
    private static final int[] SMALLEST = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};

    private final String text;
    private final boolean overlong;

    /** @param overlong whether a character may be written longer than it need be (against RFC 3629 §3) */
    EscapedUtf8(String text, boolean overlong) {
        this.text = text;
        this.overlong = overlong;
    }

    /**
     * Appends the character whose escapes begin here. Where there is none, the escape stays as it is, so that a further
     * decoding can complete it.
     *
     * @return where the text goes on
     */
    int decode(int at, StringBuilder decoded) {
        int length = length(unit(at));
        int codePoint = codePoint(at, length);
        int end = at + ESCAPE * (codePoint < 0 ? 1 : length);
        if (codePoint < 0) {
            decoded.append(text, at, end);
        } else {
            decoded.appendCodePoint(codePoint);
        }
        return end;
    }

    private static int length(int lead) {
        int ones = Integer.numberOfLeadingZeros(~(lead << 24));
        return ones == 0 ? 1 : ones;
    }

    private int codePoint(int at, int length) {
        int lead = unit(at);
        if (lead < 0x80) {
            return lead;
        }
        if (lead < 0xC0 || length > 6) {
            return -1;
        }
        int codePoint = lead & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int unit = unit(at + ESCAPE * i);
            if (!continues(lead, unit)) {
                return -1;
            }
            codePoint = codePoint << 6 | (unit & 0x3F);
        }
        return isAllowed(codePoint, length) ? codePoint : -1;
    }

    /** After C0 and C1 any byte continues, as careless decoders have it. */
    private static boolean continues(int lead, int unit) {
        return unit >= 0 && (lead <= 0xC1 || (unit & 0xC0) == 0x80);
    }

    private boolean isAllowed(int codePoint, int length) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return Character.isValidCodePoint(codePoint) && (overlong || (codePoint >= SMALLEST[length] && !surrogate));
    }

    /** The byte that is escaped here, or -1. */
    private int unit(int at) {
        return isEscape(text, at) ? Integer.parseInt(text, at + 1, at + ESCAPE, 16) : -1;
    }

    static boolean isEscape(String text, int at) {
        return at + 2 < text.length() && text.charAt(at) == '%' && areHex(text, at + 1, at + ESCAPE);
    }

    static boolean areHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 0x80 || Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
