package dev.cenotaph.policy.match;

import java.util.regex.Pattern;

/** Encoded slashes that belong to an id, and how they are kept from being read as separators. */
final class EncodedSlashes {
    /** Stands for an encoded slash while lenient readings are made. A noncharacter: no id may hold it. */
    static final char HIDDEN = '\uFDD0';

    private static final Pattern ENCODED = Pattern.compile("%2[Ff]");

    private EncodedSlashes() {}

    /** Hides the encoded slashes of each segment in which they are harmless. */
    static String hide(String path) {
        if (!ENCODED.matcher(path).find()) {
            return path;
        }
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (areHarmless(LenientDecoder.PLAIN.decode(segments[i]))) {
                segments[i] = ENCODED.matcher(segments[i]).replaceAll(String.valueOf(HIDDEN));
            }
        }
        return String.join("/", segments);
    }

    /** Turns hidden slashes into slashes. */
    static String reveal(String text) {
        return text.replace(HIDDEN, '/');
    }

    /** Turns hidden slashes into the escapes that they were. */
    static String encode(String text) {
        return text.replace(String.valueOf(HIDDEN), "%2F");
    }

    /** Whether no part between slashes is empty, a dot segment, or ends in what Windows drops. */
    static boolean areHarmless(String decoded) {
        if (decoded.indexOf('/') < 0) {
            return true;
        }
        for (String part : decoded.split("/", -1)) {
            if (part.isEmpty() || part.endsWith(".") || part.endsWith(" ")) {
                return false;
            }
        }
        return true;
    }
}
