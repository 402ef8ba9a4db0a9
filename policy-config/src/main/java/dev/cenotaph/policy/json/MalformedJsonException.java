package dev.cenotaph.policy.json;

/** Bytes that are no JSON document in UTF-8 (RFC 8259). */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long offset;

    MalformedJsonException(String why, long offset) {
        super(why + " at byte " + offset);
        this.offset = offset;
    }

    /** Where the trouble is: bytes from the start of what was scanned. */
    public long offset() {
        return offset;
    }
}
