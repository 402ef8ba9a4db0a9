package dev.cenotaph.load.speed.wire;

/**
 * What the right answer to a request looks like. A fast wrong answer is an error.
 *
 * @param length of the body in bytes, or {@link #ANY}
 */
public record Expected(int status, long length) {
    /** Some body, of a length that is not known beforehand. */
    public static final long ANY = -1;

    boolean fits(int actualStatus, long actualLength) {
        return status == actualStatus && (length == ANY ? actualLength > 0 : length == actualLength);
    }
}
