package dev.cenotaph.policy.marker;

/** An item in which the marker cannot be written. The message says why, in words for the operator. */
public final class UnwritableMarkerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnwritableMarkerException(String why) {
        super(why);
    }

    public UnwritableMarkerException(String why, Throwable cause) {
        super(why, cause);
    }
}
