package dev.cenotaph.policy.match;

/** What makes a path worth a second look. */
final class Oddities {
    private Oddities() {}

    /** Whether every upstream reads the path as it stands, but for the case of letters. */
    static boolean isPlain(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        char previous = 'x';
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            if (isOdd(letter) || isOdd(previous, letter)) {
                return false;
            }
            previous = letter;
        }
        return previous != '/' && previous != '.';
    }

    private static boolean isOdd(char letter) {
        return letter <= ' '
                || letter >= 0x7F
                || letter == '%'
                || letter == ';'
                || letter == '\\'
                || letter == '?'
                || letter == '#';
    }

    private static boolean isOdd(char previous, char letter) {
        return previous == '/' ? letter == '/' || letter == '.' : previous == '.' && letter == '/';
    }

    /** Whether a governed path holds what none should: an empty segment before the last, a parameter, a backslash. */
    static boolean disturb(String path) {
        return path.contains("//") || path.indexOf(';') >= 0 || path.indexOf('\\') >= 0;
    }
}
