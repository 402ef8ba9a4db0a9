package dev.cenotaph.policy;

/** What becomes of a batch that carries a DELETE for an item, past every rule for a DELETE of its own. */
public enum Batch {
    /** 422. */
    REFUSE,
    /** It reaches the upstream, and the DELETE is a real one. */
    PASS
}
