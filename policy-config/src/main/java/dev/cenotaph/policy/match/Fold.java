package dev.cenotaph.policy.match;

/** Folds letters to what an upstream that ignores case takes them for; full-width forms count as their ASCII ones. */
final class Fold {
    private static final int FULL_WIDTH_OFFSET = '！' - '!';

    private Fold() {}

    static char fold(char letter) {
        if (letter >= '！' && letter <= '～') {
            return fold((char) (letter - FULL_WIDTH_OFFSET));
        }
        if (letter < 0x80) {
            return letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter;
        }
        return Character.toLowerCase(Character.toUpperCase(letter));
    }

    static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + fold(text.charAt(i));
        }
        return hash ^ (hash >>> 16);
    }

    /** Whether {@code text} has {@code other} at {@code from}, whatever the case. */
    static boolean matches(String text, int from, String other) {
        if (text.length() - from < other.length()) {
            return false;
        }
        for (int i = 0; i < other.length(); i++) {
            if (fold(text.charAt(from + i)) != fold(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
