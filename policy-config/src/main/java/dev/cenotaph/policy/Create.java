package dev.cenotaph.policy;

/** What a create that hits a trashed id does. */
public enum Create {
    /** 409. */
    RESERVE
}
