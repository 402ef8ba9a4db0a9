package dev.cenotaph.load.proof;

import dev.cenotaph.load.proof.HeldUpstream.Stage;
import java.util.Locale;
import java.util.Optional;

/**
 * A point at which the gateway is killed. An operation that reaches it goes no further: inside the process it waits
 * before or after a step of the tombstone, on the wire its request is held by the upstream.
 */
enum Point {
    DELETE_BEFORE_INTENT(Act.DELETE, "before begin"),
    DELETE_AFTER_INTENT(Act.DELETE, "after begin"),
    DELETE_MARKER_RECEIVED(Act.DELETE, Stage.WRITE_RECEIVED),
    DELETE_MARKER_APPLIED(Act.DELETE, Stage.WRITE_APPLIED),
    DELETE_VERIFYING(Act.DELETE, Stage.READ_AFTER_WRITE),
    DELETE_BEFORE_COMMIT(Act.DELETE, "before commit"),
    DELETE_AFTER_COMMIT(Act.DELETE, "after commit"),
    DELETE_REFUSED_BEFORE_RELEASE(Act.DELETE, "before release"),
    DELETE_REFUSED_AFTER_RELEASE(Act.DELETE, "after release"),

    RESTORE_BEFORE_CLAIM(Act.RESTORE, "before claim"),
    RESTORE_AFTER_CLAIM(Act.RESTORE, "after claim"),
    RESTORE_MARKER_RECEIVED(Act.RESTORE, Stage.WRITE_RECEIVED),
    RESTORE_MARKER_APPLIED(Act.RESTORE, Stage.WRITE_APPLIED),
    RESTORE_VERIFYING(Act.RESTORE, Stage.READ_AFTER_WRITE),
    RESTORE_BEFORE_FORGET(Act.RESTORE, "before forget"),
    RESTORE_AFTER_FORGET(Act.RESTORE, "after forget"),
    RESTORE_REFUSED_BEFORE_RELEASE(Act.RESTORE, "before release"),
    RESTORE_REFUSED_AFTER_RELEASE(Act.RESTORE, "after release"),

    PERMANENT_BEFORE_CLAIM(Act.PERMANENT, "before claim"),
    PERMANENT_AFTER_CLAIM(Act.PERMANENT, "after claim"),
    PERMANENT_DELETE_RECEIVED(Act.PERMANENT, Stage.ERASURE_RECEIVED),
    PERMANENT_DELETE_APPLIED(Act.PERMANENT, Stage.ERASURE_APPLIED),
    PERMANENT_BEFORE_FORGET(Act.PERMANENT, "before forget"),
    PERMANENT_AFTER_FORGET(Act.PERMANENT, "after forget"),
    PERMANENT_REFUSED_BEFORE_RELEASE(Act.PERMANENT, "before release"),
    PERMANENT_REFUSED_AFTER_RELEASE(Act.PERMANENT, "after release"),

    PURGE_AFTER_CLAIM(Act.PURGE, "after claimDue"),
    PURGE_READING(Act.PURGE, Stage.READ),
    PURGE_DELETE_RECEIVED(Act.PURGE, Stage.ERASURE_RECEIVED),
    PURGE_DELETE_APPLIED(Act.PURGE, Stage.ERASURE_APPLIED),
    PURGE_BEFORE_FORGET(Act.PURGE, "before forget"),
    PURGE_AFTER_FORGET(Act.PURGE, "after forget"),
    PURGE_REFUSED_BEFORE_RELEASE(Act.PURGE, "before release"),
    PURGE_REFUSED_AFTER_RELEASE(Act.PURGE, "after release"),

    RECOVERY_READING(Act.RECOVERY, Stage.READ),
    RECOVERY_BEFORE_SETTLING(Act.RECOVERY, "before commit|release|forget"),
    RECOVERY_AFTER_SETTLING(Act.RECOVERY, "after commit|release|forget");

    /** What the operation is that is cut off. */
    enum Act {
        DELETE,
        RESTORE,
        PERMANENT,
        /** Not a client's: what the gateway does when an item's retention has ended. */
        PURGE,
        /** Nor is this: what the gateway does on its start about the operations that a kill before cut off. */
        RECOVERY
    }

    private final Act act;
    private final Optional<String> moment;
    private final Optional<Stage> stage;

    Point(Act act, String moment) {
        this.act = act;
        this.moment = Optional.of(moment);
        this.stage = Optional.empty();
    }

    Point(Act act, Stage stage) {
        this.act = act;
        this.moment = Optional.empty();
        this.stage = Optional.of(stage);
    }

    Act act() {
        return act;
    }

    /** Before or after which step of the tombstone; steps in the alternative have a bar between them. */
    Optional<String> moment() {
        return moment;
    }

    /** Where on the wire. */
    Optional<Stage> stage() {
        return stage;
    }

    /** Whether the upstream refuses the write, without which the point is not reached. */
    boolean refused() {
        return name().contains("_REFUSED_");
    }

    boolean isReachedBy(Shape shape) {
        return shape.isPurged() == (act == Act.PURGE) && (this != DELETE_VERIFYING || shape.readsAfterDelete());
    }

    /** Whether a client's operation cut off here leaves a claim behind, so that recovery has something to do. */
    boolean leavesClaim() {
        return switch (this) {
            case DELETE_BEFORE_INTENT,
                    DELETE_AFTER_COMMIT,
                    DELETE_REFUSED_AFTER_RELEASE,
                    RESTORE_BEFORE_CLAIM,
                    RESTORE_AFTER_FORGET,
                    RESTORE_REFUSED_AFTER_RELEASE,
                    PERMANENT_BEFORE_CLAIM,
                    PERMANENT_AFTER_FORGET,
                    PERMANENT_REFUSED_AFTER_RELEASE -> false;
            default -> act != Act.PURGE && act != Act.RECOVERY;
        };
    }

    /** In words: {@code delete, after intent}. */
    String title() {
        String name = name().toLowerCase(Locale.ROOT);
        int actEnds = name.indexOf('_');
        return name.substring(0, actEnds) + ": " + name.substring(actEnds + 1).replace('_', ' ');
    }
}
