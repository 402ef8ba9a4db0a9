package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.unique.KeyValue;
import java.util.List;
import java.util.Optional;

/**
 * A change of state: the row and the audit line that it writes.
 *
 * @param next {@link Standing.Held} or {@link Standing.Forgotten}
 * @param reason why, where there is more to say than the action
 * @param values what an item whose tombstone is new holds at its unique keys
 */
record Change(Action action, Standing next, Optional<String> reason, List<KeyValue> values) {
    Change {
        values = List.copyOf(values);
    }

    Change(Action action, Standing next, Optional<String> reason) {
        this(action, next, reason, List.of());
    }

    Change(Action action, Standing next) {
        this(action, next, Optional.empty(), List.of());
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
