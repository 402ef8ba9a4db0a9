package dev.cenotaph.gateway.exchange;

import org.springframework.http.HttpHeaders;

/** Answers to changes that the item's state does not allow. */
public final class Conflicts {
    private Conflicts() {}

    /** Another change of the same item is under way. */
    public static Answer busy() {
        return Answer.problem(
                Problem.of(409, "change-in-progress", "Another change of this item is under way. Try again."),
                headers -> headers.set(HttpHeaders.RETRY_AFTER, "1"));
    }

    /** The item is not to be deleted for good. */
    public static Answer onHold() {
        return Answer.problem(Problem.of(
                409, "on-hold", "The item is on hold: it cannot be deleted for good until the hold is lifted."));
    }

    /** Another replica may have changed the item, and the store cannot be asked. */
    public static Answer unsure() {
        return Answer.problem(
                Problem.of(
                        503,
                        "store-unavailable",
                        "The tombstone store cannot be read right now, so it cannot be told whether the item is still"
                                + " in the trash. Nothing was changed."),
                headers -> headers.set(HttpHeaders.RETRY_AFTER, "5"));
    }

    /** The item is live, and the request is for what is trashed. */
    public static Answer notTrashed(String detail) {
        return Answer.problem(Problem.of(409, "not-trashed", detail));
    }

    /** The item is live or unknown, and was asked for through the trash. */
    public static Answer notInTrash() {
        return Answer.problem(Problem.of(404, "not-in-trash", "There is no such item in the trash."));
    }
}
