package dev.cenotaph.policy.match;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-decodes once, as upstreams of different carelessness do. Escapes that it cannot read stay as they are. */
enum LenientDecoder {
    /** {@code %41}; malformed UTF-8 becomes U+FFFD. */
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
        var decoded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            at = decodeAt(text, at, decoded);
        }
        return decoded.toString();
    }

    private int decodeAt(String text, int at, StringBuilder decoded) {
        if (unicodeEscapes && isUnicodeEscape(text, at)) {
            decoded.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
            return at + 6;
        }
        if (!isEscape(text, at)) {
            decoded.append(text.charAt(at));
            return at + 1;
        }
        var bytes = new ByteArrayOutputStream();
        int end = at;
        while (isEscape(text, end)) {
            bytes.write(Integer.parseInt(text, end + 1, end + 3, 16));
            end += 3;
        }
        decoded.append(overlong ? OverlongUtf8.decode(bytes.toByteArray()) : bytes.toString(StandardCharsets.UTF_8));
        return end;
    }

    private boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '%'
                && areHex(text, at + 1, at + 3)
                && !(keepsSlashes && Fold.matches(text, at, "%2f"));
    }

    private static boolean isUnicodeEscape(String text, int at) {
        return at + 5 < text.length() && Fold.matches(text, at, "%u") && areHex(text, at + 2, at + 6);
    }

    private static boolean areHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 0x80 || Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
