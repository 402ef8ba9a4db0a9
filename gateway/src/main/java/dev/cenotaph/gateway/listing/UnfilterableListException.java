package dev.cenotaph.gateway.listing;

/** A list answer that cannot be filtered. The message says why, in words for the operator. */
public final class UnfilterableListException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    public UnfilterableListException(String why) {
        super(why);
        this.why = why;
    }

    public UnfilterableListException(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    /** In words for the operator. */
    public String why() {
        return why;
    }
}
