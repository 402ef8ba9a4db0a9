package dev.cenotaph.policy.openapi;

import java.util.Locale;

/** Names as documents write them, made alike: {@code deletedAt}, {@code deleted_at} and {@code Deleted-At}. */
final class Words {
    private Words() {}

    static String alike(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    static String singular(String plural) {
        if (plural.endsWith("ies")) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        if (plural.endsWith("sses") || plural.endsWith("xes") || plural.endsWith("ches")) {
            return plural.substring(0, plural.length() - 2);
        }
        return plural.endsWith("s") && !plural.endsWith("ss") ? plural.substring(0, plural.length() - 1) : plural;
    }

    /** What the document says, in one line that nothing can end. */
    static String inLine(String text) {
        String line =
                text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\s]+", " ").strip();
        return line.length() > 400 ? line.substring(0, 399) + "…" : line;
    }
}
