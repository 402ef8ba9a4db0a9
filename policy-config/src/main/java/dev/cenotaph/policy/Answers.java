package dev.cenotaph.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a client is told.
 *
 * @param deleteBody the JSON that {@link Delete#OK_WITH_BODY} sends
 * @param gone the status of a gone answer, 410 or 404
 * @param repeatCode the {@code code} of the gone answer to a DELETE of what is trashed already, if it has one
 * @param allowMissing query parameters with which a DELETE of what is trashed or missing already succeeds
 */
public record Answers(
        Delete delete,
        Optional<String> deleteBody,
        Repeat repeat,
        Optional<String> repeatCode,
        Read read,
        int gone,
        List<String> allowMissing) {

    /** The answer to a soft delete. */
    public enum Delete {
        /** 204. */
        NO_CONTENT,
        /** 200 with the item. */
        OK_WITH_ITEM,
        /** 200 with a body that the policy gives. */
        OK_WITH_BODY,
        /** 200 with the items that went: the item, and those below that followed it. */
        OK_WITH_CASCADE,
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

    /** The answer to a GET or HEAD of a trashed item whose caller did not ask for trash. */
    public enum Read {
        GONE,
        ITEM
    }

    public Answers {
        allowMissing = List.copyOf(allowMissing);
        if (gone != 410 && gone != 404) {
            throw new IllegalArgumentException("a gone answer is 410 or 404, not " + gone);
        }
        if ((delete == Delete.OK_WITH_BODY) != deleteBody.isPresent()) {
            throw new IllegalArgumentException("a body goes with " + Delete.OK_WITH_BODY + ", not " + delete);
        }
    }

    /** Answers that say no more than their statuses. */
    public static Answers plain(Delete delete, Repeat repeat, int gone) {
        return new Answers(delete, Optional.empty(), repeat, Optional.empty(), Read.GONE, gone, List.of());
    }
}
