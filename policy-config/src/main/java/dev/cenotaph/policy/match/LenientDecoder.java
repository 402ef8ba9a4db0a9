package dev.cenotaph.policy.match;

/** Percent-decodes once, as upstreams of different carelessness do. Escapes that are not UTF-8 stay as they are. */
enum LenientDecoder {
    /** {@code %41}. */
    PLAIN(false, false, false),
    /** As plain, but {@code %2F} stays, as in Tomcat and in Apache's {@code AllowEncodedSlashes NoDecode}. */
    BUT_SLASHES(true, false, false),
    /** As plain, with UTF-8 longer than it need be: {@code %C0%AF} is a slash. */
    OVERLONG(false, true, false),
    /** As overlong, with {@code %u002F}, as in old versions of IIS. */
    UNICODE_ESCAPES(false, true, true);

    private final boolean keepsSlashes;
    private final boolean overlong;
    private final boolean unicodeEscapes;

    LenientDecoder(boolean keepsSlashes, boolean overlong, boolean unicodeEscapes) {
        this.keepsSlashes = keepsSlashes;
        this.overlong = overlong;
        this.unicodeEscapes = unicodeEscapes;
    }

    String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var escapes = new EscapedUtf8(text, overlong);
        var decoded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            at = decodeAt(text, at, escapes, decoded);
        }
        return decoded.toString();
    }

    private int decodeAt(String text, int at, EscapedUtf8 escapes, StringBuilder decoded) {
        if (unicodeEscapes && isUnicodeEscape(text, at)) {
            decoded.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
            return at + 6;
        }
        if (!EscapedUtf8.isEscape(text, at) || (keepsSlashes && Fold.matches(text, at, "%2f"))) {
            decoded.append(text.charAt(at));
            return at + 1;
        }
        return escapes.decode(at, decoded);
    }

    private static boolean isUnicodeEscape(String text, int at) {
        return at + 5 < text.length() && Fold.matches(text, at, "%u") && EscapedUtf8.areHex(text, at + 2, at + 6);
    }
}
