package dev.cenotaph.gateway.exchange;

import java.io.IOException;

/**
 * The upstream's answer broke off. Has no cause, for Spring takes "connection reset by peer" anywhere in an error to mean
 * that the client left: it would hang up on nobody, and the client wait for the rest.
 */
public final class BrokenAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    public BrokenAnswerException(IOException failure) {
        super("the upstream's answer broke off");
        addSuppressed(failure);
    }
}
