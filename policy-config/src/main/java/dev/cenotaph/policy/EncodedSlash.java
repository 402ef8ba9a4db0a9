package dev.cenotaph.policy;

/** What {@code %2F} inside an id means. */
public enum EncodedSlash {
    /** The request is refused. */
    REFUSE,
    /** It belongs to the id. */
    ID
}
