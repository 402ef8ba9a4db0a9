package dev.cenotaph.gateway.rebuild;

/** A page of a list that a rebuild cannot read. */
final class UnreadablePageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    UnreadablePageException(String why) {
        super(why);
        this.why = why;
    }

    UnreadablePageException(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    /** In words for the operator. */
    String why() {
        return why;
    }
}
