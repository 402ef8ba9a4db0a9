package dev.cenotaph.gateway.shadow;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Operation.Grant;
import dev.cenotaph.policy.operation.TrashScope;
import java.util.function.Predicate;

/** What can be said of a request before it is answered. */
sealed interface Verdict {

    /** Nothing that the upstream answers changes it. */
    record Known(Outcome outcome) implements Verdict {}

    /** The status tells, with which the upstream answers the DELETE that it gets. */
    record DeleteTells(boolean allowMissing) implements Verdict {

        /** What it does not delete, it would not have let be trashed: it is missing, or not the caller's to change. */
        Outcome outcome(int status) {
            if (status >= 200 && status < 300) {
                return Outcome.TRASHED;
            }
            return allowMissing && (status == 404 || status == 410) ? Outcome.ANSWERED : Outcome.SAME;
        }
    }

    /** The item's answer tells. */
    record ItemTells(TrashScope scope) implements Verdict {}

    /** The list's answer tells. */
    record ListTells(Operation.ReadList list) implements Verdict {}

    /** @param isTrashed from memory */
    static Verdict of(ResourceMatch match, Operation operation, Predicate<ItemKey> isTrashed) {
        boolean below = match.above().stream().anyMatch(above -> isTrashed.test(above.key()));
        return switch (operation) {
            case Operation.Preflight preflight -> new Known(Outcome.SAME);
            case Operation.Refused refused -> new Known(Outcome.REFUSED);
            case Operation.Restore restore ->
                new Known(isTrashed.test(restore.key()) ? Outcome.ANSWERED : Outcome.UNKNOWN);
            case Operation.ReadRevisions read ->
                goneIf(below && !read.scope().showsTrashed(), new Known(Outcome.ANSWERED));
            case Operation.ReadRevision read ->
                goneIf(below && !read.scope().showsTrashed(), new Known(Outcome.ANSWERED));
            case Operation.MakeCurrent make -> goneIf(below, new Known(Outcome.ANSWERED));
            case Operation.ReadTrash trash -> new Known(Outcome.ANSWERED);
            case Operation.ReadSnapshots read -> new Known(Outcome.ANSWERED);
            case Operation.ReadTrashedItem item -> new Known(Outcome.ANSWERED);
            case Operation.ChangeMany many -> goneIf(below, new Known(Outcome.ANSWERED));
            case Operation.Job job -> new Known(Outcome.ANSWERED);
            case Operation.Pass pass -> goneIf(below && !pass.scope().showsTrashed(), new Known(Outcome.SAME));
            case Operation.Create create -> goneIf(below, new Known(Outcome.SAME));
            case Operation.WriteItem write -> goneIf(below, write(write, isTrashed.test(write.key())));
            case Operation.SoftDelete delete ->
                goneIf(below, delete(match.policy(), delete, isTrashed.test(delete.key())));
            case Operation.PermanentDelete delete ->
                goneIf(
                        below,
                        new Known(
                                delete.grant() == Grant.REQUESTED_IF_TRASHED && !isTrashed.test(delete.key())
                                        ? Outcome.REFUSED
                                        : Outcome.SAME));
            case Operation.ReadItem read -> readItem(match.policy(), read, below, isTrashed.test(read.key()));
            case Operation.ReadList list -> readList(list, below);
        };
    }

    private static Verdict write(Operation.WriteItem write, boolean trashed) {
        if (!trashed) {
            return new Known(Outcome.SAME);
        }
        return switch (write.revival()) {
            case NONE -> new Known(Outcome.GONE);
            case FIRST -> new Known(Outcome.SAME);
            // Its body tells, which is not read.
            case ALONE -> new Known(Outcome.UNKNOWN);
        };
    }

    private static Verdict delete(ResourcePolicy policy, Operation.SoftDelete delete, boolean trashed) {
        if (!trashed) {
            return new DeleteTells(delete.allowMissing());
        }
        return new Known(
                delete.allowMissing() || policy.answers().repeat() == Answers.Repeat.NO_CONTENT
                        ? Outcome.ANSWERED
                        : Outcome.GONE);
    }

    private static Verdict readItem(ResourcePolicy policy, Operation.ReadItem read, boolean below, boolean trashed) {
        if (below && !read.scope().showsTrashed()) {
            return new Known(Outcome.GONE);
        }
        boolean shown = read.scope().showsTrashed() || policy.answers().read() == Answers.Read.ITEM;
        if (trashed) {
            return new Known(shown ? Outcome.SAME : Outcome.GONE);
        }
        return new ItemTells(shown && read.scope() == TrashScope.EXCLUDE ? TrashScope.INCLUDE : read.scope());
    }

    private static Verdict readList(Operation.ReadList list, boolean below) {
        return list.scope() == TrashScope.INCLUDE
                ? new Known(Outcome.SAME)
                : goneIf(below && !list.scope().showsTrashed(), new ListTells(list));
    }

    private static Verdict goneIf(boolean gone, Verdict otherwise) {
        return gone ? new Known(Outcome.GONE) : otherwise;
    }
}
