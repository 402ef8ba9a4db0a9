package dev.cenotaph.gateway.listing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bytes on their way out: slices of the chunks they came in, long ones not copied before they go. */
final class Slices implements ListFilter.Output {
    private static final byte[] NONE = {};
    private static final ByteBuffer FULL = ByteBuffer.wrap(NONE);

    /** What is shorter is copied at once, so that many short chunks do not cost more than their bytes. */
    private static final int SHORT = 256;

    private static final int TAIL = 4 * SHORT;

    private final List<ByteBuffer> slices = new ArrayList<>();

    /** The last slice, if it takes more; empty if it does not. */
    private ByteBuffer tail = FULL;

    private byte[] stable = NONE;
    private int size;

    /** Says that a chunk stays as it is. Of other arrays, what is written is copied. */
    void from(byte[] chunk) {
        stable = chunk;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        size += length;
        if (length < SHORT) {
            append(bytes, offset, length);
            return;
        }
        tail = FULL;
        slices.add(
                bytes == stable
                        ? ByteBuffer.wrap(bytes, offset, length)
                        : ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    private void append(byte[] bytes, int offset, int length) {
        int end = tail.limit();
        if (tail.capacity() - end < length) {
            tail = ByteBuffer.allocate(TAIL).limit(0);
            slices.add(tail);
            end = 0;
        }
        tail.limit(end + length).put(end, bytes, offset, length);
    }

    int size() {
        return size;
    }

    void clear() {
        slices.clear();
        tail = FULL;
        stable = NONE;
        size = 0;
    }

    /** Takes all of it; empty if there is nothing. */
    Optional<List<ByteBuffer>> taken() {
        if (size == 0) {
            return Optional.empty();
        }
        List<ByteBuffer> all = List.copyOf(slices);
        clear();
        return Optional.of(all);
    }
}
