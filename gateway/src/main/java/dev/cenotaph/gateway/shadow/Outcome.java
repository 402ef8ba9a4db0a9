package dev.cenotaph.gateway.shadow;

/** What a policy would have made of a request. */
public enum Outcome {
    /** The upstream's own answer, as the client had it. */
    SAME,
    /** A soft delete, where the upstream deleted for good. */
    TRASHED,
    /** The gone answer. */
    GONE,
    /** A refusal. */
    REFUSED,
    /** An answer of our own: a restore, or the trash. */
    ANSWERED,
    /** A list without some of its rows. */
    STRIPPED,
    /** A 502, since the list cannot be filtered. */
    UNFILTERABLE,
    /** It cannot be told: what would have been asked of the upstream differs, or the answer did not end. */
    UNKNOWN
}
