package dev.cenotaph.policy.openapi;

/**
 * A way in which an item might spell trashed.
 *
 * @param yaml what follows {@code marker:}
 * @param why for the reader of a draft
 * @param rank the lower, the likelier
 */
record MarkerGuess(String yaml, String why, int rank) {}
