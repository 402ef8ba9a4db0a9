package dev.cenotaph.policy;

/**
 * What a client is told.
 *
 * @param gone the status of a gone answer, 410 or 404
 */
public record Answers(Delete delete, Repeat repeat, int gone) {

    /** The answer to a soft delete. */
    public enum Delete {
        /** 204. */
        NO_CONTENT,
        /** 200 with the item. */
        OK_WITH_ITEM,
        /** 202. */
        ACCEPTED,
        /** DELETE stays a real one and passes. */
        PASS
    }

    /** The answer to a DELETE of what is trashed already. */
    public enum Repeat {
        GONE,
        NO_CONTENT
    }

    public Answers {
        if (gone != 410 && gone != 404) {
            throw new IllegalArgumentException("a gone answer is 410 or 404, not " + gone);
        }
    }
}
