package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonScanner;
import java.nio.ByteBuffer;

/**
 * Takes rows out of one list answer while it flows by: JSON in chunks of any size in, the same bytes without the dropped
 * rows out. A row goes with the separator before it; the first one kept takes the white space after the bracket. Nothing
 * dropped means that the same bytes come out. Holds back no more than the row that is open.
 *
 * <p>Everything is checked, the bytes around the rows as well: a body that is not a whole JSON document in UTF-8, or has
 * no array where the policy says, fails. Stateful: one for each body. After a failure, only {@link #release} makes sense.
 */
public interface ListFilter {

    /** Takes bytes that may go out. They have to be used or copied before the call returns. */
    @FunctionalInterface
    interface Output {
        void write(byte[] bytes, int offset, int length);
    }

    /**
     * What a list may cost.
     *
     * @param itemBytes the longest row, with the separator before it, in bytes
     * @param depth how deep arrays and objects may nest
     */
    record Limits(int itemBytes, int depth) {
        public static final Limits DEFAULT = new Limits(1 << 20, JsonScanner.DEPTH);
    }

    /**
     * A filter for one body.
     *
     * @param items where the array sits in the body
     */
    static ListFilter of(Place items, RowJudge judge, Limits limits) {
        return new ScanningListFilter(items, judge, limits);
    }

    /**
     * Goes on with the next bytes.
     *
     * @throws UnfilterableListException if the list cannot be filtered
     */
    void feed(byte[] bytes, int offset, int length, Output output);

    /** Goes on with the bytes that remain in a buffer, and takes them from it. */
    default void feed(ByteBuffer chunk, Output output) {
        int length = chunk.remaining();
        if (chunk.hasArray()) {
            feed(chunk.array(), chunk.arrayOffset() + chunk.position(), length, output);
            chunk.position(chunk.limit());
            return;
        }
        byte[] bytes = new byte[length];
        chunk.get(bytes);
        feed(bytes, 0, length, output);
    }

    /**
     * Says that the body is over.
     *
     * @throws UnfilterableListException if it ended in the middle, or had no array where the policy says
     */
    void finish(Output output);

    /**
     * Gives up: writes what is held back, and from here on everything passes as it comes. For a policy that lets an answer
     * pass that cannot be filtered.
     */
    void release(Output output);

    /** How many rows were kept so far. */
    int kept();

    /** How many rows were dropped so far. */
    int dropped();

    /** How many bytes are held back now: never more than a row with its separator, and one separator more. */
    int held();
}
