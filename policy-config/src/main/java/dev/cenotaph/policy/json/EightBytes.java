package dev.cenotaph.policy.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a text in one {@code long}, the first one lowest, so that one test looks at all of them. A mark is the
 * highest bit of a byte; of several marks only the first is sure, since a borrow or carry runs from it into those behind.
 */
final class EightBytes {
    static final int LENGTH = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long MARKS = 0x8080808080808080L;

    private EightBytes() {}

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /**
     * Marks the first byte that means something inside a string: a quote, a backslash, a control character, or a part of a
     * character beyond ASCII.
     */
    static long breaks(long eight) {
        // Turning one bit over puts the quote where the blank was, just above the control characters, which stay below
        // it.
        long quoteOrControl = (eight ^ (0x02 * EACH)) - (0x21 * EACH);
        long backslash = (eight ^ ('\\' * EACH)) - EACH;
        return (quoteOrControl | backslash | eight) & MARKS;
    }

    /** Marks the first byte that is no digit. */
    static long noDigits(long eight) {
        long values = eight ^ ('0' * EACH);
        return ((values + (0x76 * EACH)) | values) & MARKS;
    }

    /** Where the first mark is; not to be asked where there is none. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Whether the first bytes are the same, one to eight of them. */
    static boolean startAlike(long one, long other, int length) {
        return ((one ^ other) << (Long.SIZE - (Byte.SIZE * length))) == 0;
    }
}
