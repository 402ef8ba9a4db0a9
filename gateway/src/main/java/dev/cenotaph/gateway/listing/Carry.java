package dev.cenotaph.gateway.listing;

import java.util.Arrays;

/** Bytes carried over from one chunk to the next. */
final class Carry {
    private byte[] bytes = new byte[256];
    private int size;

    void add(byte[] from, int start, int end) {
        int length = end - start;
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The first {@link #size} of these count. */
    byte[] bytes() {
        return bytes;
    }
}
