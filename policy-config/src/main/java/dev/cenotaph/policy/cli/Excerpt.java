package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.Position;
import java.util.List;
import java.util.Optional;

/** A line of a file, with a mark under what it is about. */
record Excerpt(int number, String line, int column, int length) {
    private static final int LONGEST_LINE = 160;

    static Optional<Excerpt> of(Position at, List<PolicySource> sources) {
        return sources.stream()
                .filter(source -> source.file().equals(at.file()))
                .findFirst()
                .flatMap(source -> source.text().lines().skip(at.line() - 1L).findFirst())
                .filter(line -> !line.isBlank())
                .map(line -> of(at, line));
    }

    private static Excerpt of(Position at, String line) {
        String shown = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
        int column = Math.min(at.column(), shown.codePointCount(0, shown.length()) + 1);
        return new Excerpt(at.line(), shown.replace('\t', ' '), column, marked(shown, column));
    }

    /** The lines, each with its line break. */
    String text(Ink ink) {
        String gutter = " ".repeat(Integer.toString(number).length());
        String mark = " ".repeat(column - 1) + ink.bad("^".repeat(length));
        return "  " + ink.faint(number + " |") + " " + line + "\n  " + ink.faint(gutter + " |") + " " + mark + "\n";
    }

    /** How long the word at the column is; what is in quotes counts as one. */
    private static int marked(String line, int column) {
        int[] letters = line.codePoints().skip(column - 1L).toArray();
        if (letters.length == 0) {
            return 1;
        }
        boolean quoted = letters[0] == '"' || letters[0] == '\'';
        int end = 1;
        while (end < letters.length && !(quoted ? letters[end - 1] == letters[0] && end > 1 : endsWord(letters, end))) {
            end++;
        }
        return end;
    }

    private static boolean endsWord(int[] letters, int at) {
        int letter = letters[at];
        boolean separates = letter == ':' && (at + 1 == letters.length || Character.isWhitespace(letters[at + 1]));
        boolean inFlow = letters[0] == '{' || letters[0] == '[' || (letter == ',' || letter == ']');
        return separates || inFlow || Character.isWhitespace(letter);
    }
}
