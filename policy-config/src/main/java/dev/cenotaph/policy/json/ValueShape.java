package dev.cenotaph.policy.json;

import java.util.Arrays;

/**
 * All of an array or object but its leaves, taken from a value that was scanned and found well-formed. A value with the
 * same bytes between its leaves, and a well-formed leaf wherever the first one has one, is well-formed too, nests as deep,
 * and has the same places at the same leaves: that is what makes looking at its tokens needless.
 */
final class ValueShape {
    /** The bytes before the first leaf, between the leaves, and behind the last one, one after the other. */
    private final byte[] stretches;

    private final int[] lengths;
    private final Place[] places;

    /** Where the stretches of the last value start. */
    private final int[] at;

    /** A value at a place: from somewhere in or behind one stretch to somewhere in another. */
    private record Place(int first, int start, int last, int end) {
        static final Place NONE = new Place(-1, 0, -1, 0);
    }

    /**
     * The shape of a value.
     *
     * @param leaves where each starts and ends
     * @param count how many there are
     * @param starts where the values at the places start, negative for none
     */
    ValueShape(byte[] bytes, int from, int to, int[] leaves, int count, int[] starts, int[] ends) {
        lengths = new int[count + 1];
        at = new int[count + 1];
        // Room for reading eight bytes where one is left.
        byte[] text = new byte[to - from + EightBytes.LENGTH];
        int length = 0;
        for (int stretch = 0; stretch <= count; stretch++) {
            at[stretch] = stretch == 0 ? from : leaves[2 * stretch - 1];
            lengths[stretch] = (stretch == count ? to : leaves[2 * stretch]) - at[stretch];
            System.arraycopy(bytes, at[stretch], text, length, lengths[stretch]);
            length += lengths[stretch];
        }
        stretches = Arrays.copyOf(text, length + EightBytes.LENGTH);
        places = new Place[starts.length];
        for (int place = 0; place < places.length; place++) {
            places[place] = starts[place] < 0 ? Place.NONE : place(starts[place], ends[place]);
        }
    }

    private Place place(int start, int end) {
        int first = stretch(start);
        int last = stretch(end);
        return new Place(first, start - at[first], last, end - at[last]);
    }

    /** The last stretch that starts no later. */
    private int stretch(int offset) {
        int stretch = at.length - 1;
        while (at[stretch] > offset) {
            stretch--;
        }
        return stretch;
    }

    /** The end of a value that starts at {@code from}, or {@link JsonLeaf#NONE} if it has another shape. */
    int scan(byte[] bytes, int from, int to) {
        int compared = 0;
        int next = from;
        for (int stretch = 0; stretch < lengths.length; stretch++) {
            int length = lengths[stretch];
            if (stretch > 0) {
                next = JsonLeaf.end(bytes, next, to);
                if (next < 0) {
                    return JsonLeaf.NONE;
                }
            }
            if (!isNext(compared, length, bytes, next, to)) {
                return JsonLeaf.NONE;
            }
            at[stretch] = next;
            next += length;
            compared += length;
        }
        return next;
    }

    /** Where the places are in the value that was scanned last. */
    void find(int[] starts, int[] ends) {
        for (int number = 0; number < places.length; number++) {
            Place place = places[number];
            boolean there = place.first >= 0;
            starts[number] = there ? at[place.first] + place.start : JsonLeaf.NONE;
            ends[number] = there ? at[place.last] + place.end : JsonLeaf.NONE;
        }
    }

    /** A stretch is never empty: before the first leaf is a bracket at least, between two a comma. */
    private boolean isNext(int stretch, int length, byte[] bytes, int from, int to) {
        if (from + length + EightBytes.LENGTH > to) {
            return isNextAtEnd(stretch, length, bytes, from, to);
        }
        int at = 0;
        for (; length - at > EightBytes.LENGTH; at += EightBytes.LENGTH) {
            if (EightBytes.at(stretches, stretch + at) != EightBytes.at(bytes, from + at)) {
                return false;
            }
        }
        return EightBytes.startAlike(
                EightBytes.at(stretches, stretch + at), EightBytes.at(bytes, from + at), length - at);
    }

    private boolean isNextAtEnd(int stretch, int length, byte[] bytes, int from, int to) {
        return from + length <= to && Arrays.equals(stretches, stretch, stretch + length, bytes, from, from + length);
    }
}
