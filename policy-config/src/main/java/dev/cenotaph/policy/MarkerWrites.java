package dev.cenotaph.policy;

/** What a client's own write of the marker is. */
public enum MarkerWrites {
    /** A soft delete that the client made. */
    LEARN,
    /** 422. */
    REFUSE
}
