package dev.cenotaph.policy.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds the shapes of regular expressions that can take exponential time: a repeated group that repeats inside, or that
 * chooses inside, and back-references. Possessive quantifiers and atomic groups do not backtrack and are fine. Patterns
 * such as {@code a*a*a*} pass: their cost is a power of the id's length, which the length of a URL bounds.
 */
final class PatternSafety {
    private final String pattern;
    private final Deque<Group> groups = new ArrayDeque<>();
    private int next;

    /** What a group that is being read holds. */
    private static final class Group {
        final boolean atomic;
        boolean repeats;
        boolean chooses;

        Group(boolean atomic) {
            this.atomic = atomic;
        }
    }

    /** How often, and whether it may give back what it took. */
    private record Quantifier(boolean many, boolean endless, boolean possessive) {
        static final Quantifier ONCE = new Quantifier(false, false, false);
    }

    private PatternSafety(String pattern) {
        this.pattern = pattern;
    }

    /** @param pattern one that compiles */
    static Optional<Complaint> complaint(String pattern) {
        return new PatternSafety(pattern).scan();
    }

    private Optional<Complaint> scan() {
        groups.push(new Group(false));
        while (next < pattern.length()) {
            var complaint = step(pattern.charAt(next++));
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private Optional<Complaint> step(char character) {
        switch (character) {
            case '\\' -> {
                return escape();
            }
            case '[' -> skipClass();
            case '(' -> openGroup();
            case ')' -> {
                return closeGroup();
            }
            case '|' -> top().chooses = true;
            case '*', '+', '?', '{' -> {
                next--;
                var quantifier = quantifier();
                top().repeats |= quantifier.endless && !quantifier.possessive;
            }
            default -> {}
        }
        return Optional.empty();
    }

    private Group top() {
        return groups.element();
    }

    private Optional<Complaint> escape() {
        char escaped = pattern.charAt(next++);
        if (escaped == 'Q') {
            int end = pattern.indexOf("\\E", next);
            next = end < 0 ? pattern.length() : end + 2;
        }
        return escaped == 'k' || (escaped >= '1' && escaped <= '9')
                ? complain("refers back to a group", "Write the group out a second time.")
                : Optional.empty();
    }

    private void skipClass() {
        for (int depth = 1; depth > 0 && next < pattern.length(); next++) {
            switch (pattern.charAt(next)) {
                case '\\' -> next++;
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {}
            }
        }
    }

    private void openGroup() {
        groups.push(new Group(pattern.startsWith("?>", next)));
        if (pattern.startsWith("?", next)) {
            next++;
        }
    }

    private Optional<Complaint> closeGroup() {
        var group = groups.pop();
        var quantifier = quantifier();
        boolean backtracks = !group.atomic && !quantifier.possessive;
        if (backtracks && quantifier.many && group.repeats) {
            return complain(
                    "repeats a group that repeats inside",
                    "Make the quantifier inside possessive, as in `(?:-[a-z]++)*`.");
        }
        if (backtracks && quantifier.endless && group.chooses) {
            return complain("repeats a choice without end", "Write a character class, or a possessive `*+`.");
        }
        top().repeats |= backtracks && (group.repeats || quantifier.endless);
        top().chooses |= backtracks && group.chooses;
        return Optional.empty();
    }

    private Quantifier quantifier() {
        if (next >= pattern.length()) {
            return Quantifier.ONCE;
        }
        return switch (pattern.charAt(next)) {
            case '*', '+' -> quantifier(next + 1, true, true);
            case '?' -> quantifier(next + 1, false, false);
            case '{' -> counted(pattern.indexOf('}', next));
            default -> Quantifier.ONCE;
        };
    }

    private Quantifier counted(int end) {
        String count = pattern.substring(next + 1, end);
        return quantifier(end + 1, !count.equals("1") && !count.equals("0,1"), count.endsWith(","));
    }

    private Quantifier quantifier(int end, boolean many, boolean endless) {
        boolean possessive = pattern.startsWith("+", end);
        next = possessive || pattern.startsWith("?", end) ? end + 1 : end;
        return new Quantifier(many, endless, possessive);
    }

    private Optional<Complaint> complain(String what, String mend) {
        return Optional.of(new Complaint(Wording.quoted(pattern) + " " + what + ".", mend));
    }
}
