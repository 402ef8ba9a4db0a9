package dev.cenotaph.policy;

import java.util.List;

/**
 * Older bodies of an item, kept by us.
 *
 * @param keep how many, at least 1; the oldest goes first
 * @param maxSize of a body that is kept, in bytes; an item that is longer is not written
 * @param redact members that are not kept; {@code *} in an array is every element
 */
public record Revisions(int keep, long maxSize, List<Place> redact) {
    /** What their list lies under, below its item. */
    public static final String SEGMENT = "revisions";

    public Revisions {
        redact = List.copyOf(redact);
        if (keep < 1 || maxSize < 1) {
            throw new IllegalArgumentException("revisions that keep nothing are none");
        }
    }
}
