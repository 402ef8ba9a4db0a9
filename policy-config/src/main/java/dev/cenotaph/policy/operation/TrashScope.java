package dev.cenotaph.policy.operation;

/** Which items a caller asked to see. */
public enum TrashScope {
    /** Live items; the default. */
    EXCLUDE,
    /** Live and trashed items. */
    INCLUDE,
    /** Trashed items alone. */
    ONLY;

    /** Whether the caller asked to see what is trashed. */
    public boolean showsTrashed() {
        return this != EXCLUDE;
    }
}
