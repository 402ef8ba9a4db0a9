package dev.cenotaph.policy;

/** What a DELETE on the collection does. */
public enum CollectionDelete {
    /** 405. */
    REFUSE,
    /** One soft delete for each item that it names. */
    EXPAND,
    /** It reaches the upstream. */
    PASS
}
