package dev.cenotaph.policy;

/** What a DELETE on the collection does. */
public enum CollectionDelete {
    /** 405. */
    REFUSE,
    /** It reaches the upstream. */
    PASS
}
