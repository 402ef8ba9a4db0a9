package dev.cenotaph.policy.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last few shapes, as long as they are of use. */
final class ShapeMemory {
    private static final int SHAPES = 4;

    /** Of a value with more leaves no shape is kept. */
    private static final int LEAVES = 256;

    /** Of a longer value no shape is kept, in bytes. */
    private static final int LONGEST = 1 << 14;

    /** Making a shape costs some four times what having one saves. */
    private static final int COST = 4;

    /** How much more than they saved shapes may have cost at first before they are given up. */
    private static final int CREDIT = (SHAPES + 2) * COST;

    /** How much of what they saved counts. */
    private static final int MOST_CREDIT = 4 * CREDIT;

    private final @Nullable ValueShape[] shapes = new @Nullable ValueShape[SHAPES];
    private int last;
    private int credit = CREDIT;

    private int[] leaves = new int[32];
    private int count;

    /** The end of a value that has a known shape, and its places, or {@link JsonLeaf#NONE}. */
    int scan(byte[] bytes, int from, int to, int[] starts, int[] ends) {
        for (int tried = 0; tried < SHAPES; tried++) {
            int number = (last + tried) % SHAPES;
            ValueShape shape = shapes[number];
            if (shape == null) {
                return JsonLeaf.NONE;
            }
            int end = shape.scan(bytes, from, to);
            if (end >= 0) {
                shape.find(starts, ends);
                last = number;
                credit = Math.min(credit + 1, MOST_CREDIT);
                return end;
            }
        }
        return JsonLeaf.NONE;
    }

    /** A value of an unknown shape begins. */
    void begins() {
        count = 0;
    }

    void leaf(int start, int end) {
        if (count == LEAVES || credit <= 0) {
            return;
        }
        if (2 * count == leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * leaves.length);
        }
        leaves[2 * count] = start;
        leaves[2 * count + 1] = end;
        count++;
    }

    /** The value is whole: the next one may look like it. */
    void ends(byte[] bytes, int from, int to, int[] starts, int[] ends) {
        boolean nested = bytes[from] == '{' || bytes[from] == '[';
        if (!nested || count == LEAVES || to - from > LONGEST || credit <= 0) {
            return;
        }
        credit -= COST;
        if (credit <= 0) {
            Arrays.fill(shapes, null);
            return;
        }
        last = (last + SHAPES - 1) % SHAPES;
        shapes[last] = new ValueShape(bytes, from, to, leaves, count, starts, ends);
    }
}
