package dev.cenotaph.policy.openapi;

/** Names as documents write them, made alike: {@code deletedAt}, {@code deleted_at} and {@code Deleted-At}. */
final class Words {
    private Words() {}

    static String alike(String name) {
        var alike = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter < 128 && Character.isLetterOrDigit(letter)) {
                alike.append(Character.toLowerCase(letter));
            }
        }
        return alike.toString();
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
