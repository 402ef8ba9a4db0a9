package dev.cenotaph.policy.json;

import dev.cenotaph.policy.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Follows the events of a scanner down to one place. A number in the place is the index of an element where it meets an
 * array (RFC 6901 §4); names match as what they mean, however they are escaped.
 */
public final class PlaceTracker {

    /** How a value stands to the place. */
    public enum Standing {
        /** Elsewhere, or below. */
        OFF,
        /** On the way: it holds the place, or could if it were an object. */
        ABOVE,
        AT
    }

    private static final int NO_INDEX = -1;

    private final byte[][] names;
    private final String[] tokens;
    private final int[] indexes;
    private final boolean[] array;
    private final int[] next;

    /** How many values above the place are open. */
    private int level;

    private boolean named;

    public PlaceTracker(Place place) {
        List<String> all = place.tokens();
        tokens = all.toArray(String[]::new);
        names = new byte[tokens.length][];
        indexes = new int[tokens.length];
        for (int token = 0; token < tokens.length; token++) {
            names[token] = tokens[token].getBytes(StandardCharsets.UTF_8);
            indexes[token] = index(tokens[token]);
        }
        array = new boolean[tokens.length];
        next = new int[tokens.length];
    }

    /** Starts on another document. */
    void reset() {
        level = 0;
        named = false;
    }

    /** The longest name, in raw bytes with its quotes, that can be on the way to the place. */
    public int longestName() {
        int longest = 0;
        for (String token : tokens) {
            longest = Math.max(longest, 6 * token.length() + 2);
        }
        return longest;
    }

    /** Whether the name of a value of this depth decides. */
    public boolean wantsName(int depth) {
        return depth == level && depth > 0 && !array[depth - 1];
    }

    /**
     * Takes the name of the next value, raw and with its quotes. To be called where {@link #wantsName}; a name that is not
     * given does not match.
     *
     * @return whether it matches; where it does not, nothing is to be learned from the value
     */
    public boolean name(int depth, byte[] bytes, int from, int to) {
        named = matches(depth - 1, bytes, from + 1, to - 1);
        return named;
    }

    /** Takes the beginning of a value. */
    public Standing begins(int depth, byte first) {
        if (depth != level || !isNext(depth)) {
            return Standing.OFF;
        }
        if (depth == tokens.length) {
            return Standing.AT;
        }
        if (first == '{' || first == '[') {
            array[depth] = first == '[';
            next[depth] = 0;
            level = depth + 1;
        }
        return Standing.ABOVE;
    }

    /** Takes the end of a value. */
    public void ends(int depth) {
        if (depth == level - 1) {
            level = depth;
        }
    }

    private boolean isNext(int depth) {
        if (depth == 0) {
            return true;
        }
        if (array[depth - 1]) {
            return next[depth - 1]++ == indexes[depth - 1];
        }
        boolean was = named;
        named = false;
        return was;
    }

    private boolean matches(int token, byte[] bytes, int from, int to) {
        byte[] name = names[token];
        if (to - from <= name.length) {
            return Arrays.equals(name, 0, name.length, bytes, from, to);
        }
        // An escape is longer than what it means.
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\\') {
                return tokens[token].equals(JsonText.unescape(bytes, from, to));
            }
        }
        return false;
    }

    private static int index(String token) {
        boolean digits = !token.isEmpty()
                && token.length() < 10
                && token.chars().allMatch(c -> c >= '0' && c <= '9')
                && (token.length() == 1 || token.charAt(0) != '0');
        return digits ? Integer.parseInt(token) : NO_INDEX;
    }
}
