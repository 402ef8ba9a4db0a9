package dev.cenotaph.policy.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How problems quote, list and guess. */
final class Wording {
    private static final int LONGEST_QUOTE = 80;

    private Wording() {}

    /** The text in backticks, on one line and not too long. */
    static String quoted(String text) {
        String line = text.codePoints()
                .limit(LONGEST_QUOTE)
                .mapToObj(
                        point -> Character.isISOControl(point) ? "\\u%04x".formatted(point) : Character.toString(point))
                .collect(Collectors.joining());
        return "`" + line + (line.length() < text.length() ? "…`" : "`");
    }

    static String listed(Collection<String> texts) {
        return texts.stream().map(Wording::quoted).collect(Collectors.joining(", "));
    }

    /** "Did you mean …?", or all that it could be. */
    static String suggestion(String written, Collection<String> known) {
        return closest(written, known)
                .map(meant -> "Did you mean " + quoted(meant) + "?")
                .orElseGet(() -> "Write one of " + listed(known) + ".");
    }

    private static Optional<String> closest(String written, Collection<String> known) {
        String plain = plain(written);
        int furthest = Math.min(2, plain.length() / 2);
        return known.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= furthest)
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Levenshtein's distance: how many letters to add, drop or change. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int letter = 0; letter < from.length(); letter++) {
            row = nextRow(row, from.charAt(letter), to);
        }
        return row[to.length()];
    }

    private static int[] nextRow(int[] above, char letter, String to) {
        int[] row = new int[above.length];
        row[0] = above[0] + 1;
        for (int column = 1; column < row.length; column++) {
            int change = above[column - 1] + (letter == to.charAt(column - 1) ? 0 : 1);
            row[column] = Math.min(change, 1 + Math.min(above[column], row[column - 1]));
        }
        return row;
    }
}
