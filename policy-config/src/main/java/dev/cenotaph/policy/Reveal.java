package dev.cenotaph.policy;

/** Whom the gateway tells what it knows about a trashed item. */
public enum Reveal {
    /** Whoever asks. */
    ALWAYS,
    /** Whose credentials have read the collection or the item a short while ago; of all others the upstream is asked. */
    KNOWN_CALLER,
    /** To whom the upstream shows the item, asked each time with the caller's own credentials. */
    VERIFIED
}
