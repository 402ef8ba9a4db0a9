package dev.cenotaph.load.proof;

/** How an item is, as seen at the upstream. */
enum Condition {
    LIVE,
    TRASHED,
    ABSENT
}
