package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.FormerBody.Facts;

/** A body that was kept cannot be had: its row was changed or damaged, or its key is not there. */
public final class BrokenBodyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenBodyException(Facts facts, String why) {
        super(facts.origin().kind() + " " + facts.number() + " of "
                + facts.origin().key() + " cannot be read: " + why);
    }

    BrokenBodyException(Facts facts, String why, Throwable cause) {
        this(facts, why);
        initCause(cause);
    }
}
