package dev.cenotaph.policy.embedded;

/** Nothing tells whether an embedded item is trashed. The message says why, in words for the operator. */
public final class UntellableItemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    UntellableItemException(String why) {
        super(why);
        this.why = why;
    }

    /** In words for the operator. */
    public String why() {
        return why;
    }
}
