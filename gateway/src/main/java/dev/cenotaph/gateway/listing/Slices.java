package dev.cenotaph.gateway.listing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bytes on their way out: slices of the chunks they came in, copied once at most, when they go. */
final class Slices implements ListFilter.Output {
    private static final byte[] NONE = {};

    private final List<ByteBuffer> slices = new ArrayList<>();
    private byte[] stable = NONE;
    private int size;

    /** Says that a chunk stays as it is. Of other arrays, what is written is copied. */
    void from(byte[] chunk) {
        stable = chunk;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        slices.add(
                bytes == stable
                        ? ByteBuffer.wrap(bytes, offset, length)
                        : ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length)));
        size += length;
    }

    int size() {
        return size;
    }

    void clear() {
        slices.clear();
        stable = NONE;
        size = 0;
    }

    /** Takes all in one buffer; empty if there is nothing. */
    Optional<ByteBuffer> taken() {
        if (size == 0) {
            return Optional.empty();
        }
        ByteBuffer all = slices.size() == 1 ? slices.getFirst() : joined();
        clear();
        return Optional.of(all);
    }

    private ByteBuffer joined() {
        ByteBuffer all = ByteBuffer.allocate(size);
        slices.forEach(all::put);
        return all.flip();
    }
}
