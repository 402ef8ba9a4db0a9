package dev.cenotaph.policy.operation;

import java.util.Optional;

/** What an item is answered with for, and so what becomes of an answer of which it cannot be told what is trashed in it. */
public enum ItemUse {
    /** Shows the item; it is kept back. */
    READ,
    /** Says that something was done, and shows the item by the way; it goes out without. */
    CHANGE,
    /** The same, in the upstream's own words, which need not be an item at all. */
    RECEIPT;

    /** What the answer to an operation is for. */
    public static ItemUse of(Operation operation) {
        if (operation instanceof Operation.ReadItem || operation instanceof Operation.ReadRevision) {
            return READ;
        }
        return operation instanceof Operation.WriteItem || operation instanceof Operation.PermanentDelete
                ? RECEIPT
                : CHANGE;
    }

    /** The raw path of the item that is answered with, if that is not the request's own. */
    public static Optional<String> path(Operation operation) {
        if (operation instanceof Operation.Restore restore) {
            return Optional.of(restore.path());
        }
        if (operation instanceof Operation.ReadRevision read) {
            return Optional.of(read.path());
        }
        if (operation instanceof Operation.PermanentDelete delete) {
            return delete.inTrash();
        }
        return operation instanceof Operation.MakeCurrent make ? Optional.of(make.path()) : Optional.empty();
    }

    /** Whether trash is asked for: then all of it is shown, inside items as well. */
    public static boolean showsTrash(Operation operation) {
        return (operation instanceof Operation.ReadItem item && item.scope().showsTrashed())
                || (operation instanceof Operation.ReadList list && list.scope().showsTrashed())
                || (operation instanceof Operation.Pass pass && pass.scope().showsTrashed())
                || (operation instanceof Operation.ReadRevision read
                        && read.scope().showsTrashed())
                || operation instanceof Operation.ReadTrashedItem;
    }
}
