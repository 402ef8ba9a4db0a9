package dev.cenotaph.policy;

/** What a create does that hits the id, or a unique key, of a trashed item. */
public enum Create {
    /** 409, which names the item and how it is restored. */
    RESERVE,
    /** The trashed item is deleted for good, and the create goes on. */
    OVERWRITE,
    /** The trashed item is restored, and written with what the client sent. */
    REVIVE,
    /** It passes; what the upstream answers is learned. */
    PASS
}
