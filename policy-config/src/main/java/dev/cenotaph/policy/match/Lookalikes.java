package dev.cenotaph.policy.match;

import java.util.regex.Pattern;

/** Characters that look like slashes, dots and percent signs, and become such where an upstream normalises text. */
final class Lookalikes {
    private static final Pattern SLASHES = Pattern.compile("[／∕⁄⧸]");
    private static final Pattern BACKSLASHES = Pattern.compile("[＼﹨∖⧵]");
    private static final Pattern ONE_DOT = Pattern.compile("[．․﹒]");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?<=/)[.．․﹒‥…]+(?=[/\\\\]|$)");
    private static final Pattern ESCAPE = Pattern.compile("[％﹪](?=[0-9A-Fa-f０-９Ａ-Ｆａ-ｆ]{2})");
    private static final Pattern FULL_WIDTH_ESCAPE = Pattern.compile("%[0-9A-Fa-f０-９Ａ-Ｆａ-ｆ]{2}");

    private Lookalikes() {}

    /** Dots count only where a segment is made of them, percent signs only before two hexadecimal digits. */
    static String read(String path) {
        if (Rewrites.isAscii(path)) {
            return path;
        }
        String slashed = SLASHES.matcher(path).replaceAll("/");
        String backslashed = BACKSLASHES.matcher(slashed).replaceAll("\\\\");
        String dotted = DOT_SEGMENT.matcher(backslashed).replaceAll(found -> dots(found.group()));
        String escaped = ESCAPE.matcher(dotted).replaceAll("%");
        return FULL_WIDTH_ESCAPE.matcher(escaped).replaceAll(found -> ascii(found.group()));
    }

    private static String dots(String segment) {
        return ONE_DOT.matcher(segment).replaceAll(".").replace("‥", "..").replace("…", "...");
    }

    private static String ascii(String escape) {
        var text = new StringBuilder();
        escape.chars().forEach(letter -> text.append(Fold.fold((char) letter)));
        return text.toString();
    }
}
