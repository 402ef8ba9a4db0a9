package dev.cenotaph.policy.match;

/** Reads UTF-8 without checking that each character is written as short as it can be (against RFC 3629 §3). */
final class OverlongUtf8 {
    private OverlongUtf8() {}

    static String decode(byte[] bytes) {
        var text = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            int length = length(bytes[at] & 0xFF);
            int codePoint = codePoint(bytes, at, length);
            text.appendCodePoint(codePoint < 0 ? 0xFFFD : codePoint);
            at += codePoint < 0 ? 1 : length;
        }
        return text.toString();
    }

    private static int length(int lead) {
        int ones = Integer.numberOfLeadingZeros(~(lead << 24));
        return ones == 0 ? 1 : ones;
    }

    /** The character, or -1 where there is none. After C0 and C1 any byte continues, as careless decoders have it. */
    private static int codePoint(byte[] bytes, int at, int length) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return lead;
        }
        if (lead < 0xC0 || length > 6 || at + length > bytes.length) {
            return -1;
        }
        int codePoint = lead & (0x7F >> length);
        for (int i = at + 1; i < at + length; i++) {
            if (lead > 0xC1 && (bytes[i] & 0xC0) != 0x80) {
                return -1;
            }
            codePoint = codePoint << 6 | (bytes[i] & 0x3F);
        }
        return Character.isValidCodePoint(codePoint) ? codePoint : -1;
    }
}
