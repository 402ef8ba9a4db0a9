package dev.cenotaph.gateway.shadow;

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
            case Operation.Restore restore -> new Known(Outcome.ANSWERED);
            case Operation.ReadTrash trash -> new Known(Outcome.ANSWERED);
            case Operation.ReadTrashedItem item -> new Known(Outcome.ANSWERED);
            case Operation.Pass pass -> goneIf(below && !pass.scope().showsTrashed(), new Known(Outcome.SAME));
            case Operation.Create create -> goneIf(below, new Known(Outcome.SAME));
            case Operation.WriteItem write -> goneIf(below || isTrashed.test(write.key()), new Known(Outcome.SAME));
            case Operation.SoftDelete delete ->
                goneIf(below || isTrashed.test(delete.key()), new Known(Outcome.TRASHED));
            case Operation.PermanentDelete delete ->
                goneIf(
                        below,
                        new Known(
                                delete.grant() == Grant.REQUESTED_IF_TRASHED && !isTrashed.test(delete.key())
                                        ? Outcome.REFUSED
                                        : Outcome.SAME));
            case Operation.ReadItem read -> readItem(read, below, isTrashed.test(read.key()));
            case Operation.ReadList list -> readList(list, below);
        };
    }

    private static Verdict readItem(Operation.ReadItem read, boolean below, boolean trashed) {
        if (read.scope().showsTrashed() && trashed) {
            return new Known(Outcome.SAME);
        }
        return goneIf(trashed || (below && !read.scope().showsTrashed()), new ItemTells(read.scope()));
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
