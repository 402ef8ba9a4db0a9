package dev.cenotaph.policy.json;

/** A document in which nothing can stand at a place, since what should hold it is no object. */
public final class MisplacedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MisplacedJsonException(String why) {
        super(why);
    }
}
