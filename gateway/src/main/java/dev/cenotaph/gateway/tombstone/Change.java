package dev.cenotaph.gateway.tombstone;

import java.util.Optional;

/**
 * A change of state: the row and the audit line that it writes.
 *
 * @param next {@link Standing.Held} or {@link Standing.Forgotten}
 * @param reason why, where there is more to say than the action
 */
record Change(Action action, Standing next, Optional<String> reason) {

    Change(Action action, Standing next) {
        this(action, next, Optional.empty());
    }

    /** What was done, as the audit names it. */
    enum Action {
        BEGIN,
        TAKE_OVER,
        COMMIT,
        CLAIM,
        RELEASE,
        FORGET,
        LEARN_TRASHED,
        LEARN_LIVE
    }
}
