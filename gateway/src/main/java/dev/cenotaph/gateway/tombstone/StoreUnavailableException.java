package dev.cenotaph.gateway.tombstone;

/** The tombstone store cannot be reached or cannot write; nothing was changed. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String what, Throwable cause) {
        super(what, cause);
    }
}
