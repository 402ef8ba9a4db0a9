package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;

/** Operations in words. */
final class OperationWords {
    private OperationWords() {}

    static String of(Operation operation) {
        return switch (operation) {
            case Operation.Preflight preflight -> "OPTIONS, which passes whatever the state";
            case Operation.Pass pass -> "a request that passes, unless an item above is trashed" + scope(pass.scope());
            case Operation.ReadItem read -> "a read of item " + id(read.key()) + scope(read.scope());
            case Operation.ReadList list -> "a read of a list, rid of trashed items" + scope(list.scope());
            case Operation.ReadTrash trash -> "a page of the trash, from the gateway's own store";
            case Operation.ReadTrashedItem read -> "a read of item " + id(read.key()) + " in the trash";
            case Operation.WriteItem write -> "a write of item " + id(write.key());
            case Operation.Create create -> "a create in the collection";
            case Operation.SoftDelete delete -> "a soft delete of item " + id(delete.key());
            case Operation.PermanentDelete delete -> "a DELETE for good of item " + id(delete.key()) + grant(delete);
            case Operation.Restore restore -> "a restore of item " + id(restore.key());
            case Operation.ChangeMany many -> "a " + change(many) + " of each item that the request names";
            case Operation.Job job -> "the progress of a change of many items";
            case Operation.ReadSnapshots read -> "the snapshots of item " + id(read.key());
            case Operation.ReadRevisions read ->
                "a page of the revisions of item " + id(read.key()) + scope(read.scope());
            case Operation.ReadRevision read ->
                "a read of revision " + read.number() + " of item " + id(read.key()) + scope(read.scope());
            case Operation.MakeCurrent make ->
                "a write of revision " + make.number() + " back to item " + id(make.key());
            case Operation.Refused refused ->
                "nothing: refused with " + refused.refusal().status();
        };
    }

    private static String change(Operation.ChangeMany many) {
        return switch (many.change()) {
            case DELETE -> many.permanent() ? "DELETE for good" : "soft delete";
            case RESTORE -> "restore";
            case PURGE -> "DELETE for good";
        };
    }

    private static String id(ItemKey key) {
        return key.parents().isEmpty() ? key.id() : key.id() + " below " + String.join(", ", key.parents());
    }

    private static String grant(Operation.PermanentDelete delete) {
        return switch (delete.grant()) {
            case REQUESTED -> ", asked for in the query";
            case REQUESTED_IF_TRASHED -> ", asked for in the query, of trashed items only";
            case POLICY -> ": `answers.delete: pass` lets every DELETE stay real";
        };
    }

    private static String scope(TrashScope scope) {
        return switch (scope) {
            case EXCLUDE -> "";
            case INCLUDE -> ", with what is trashed";
            case ONLY -> ", only what is trashed";
        };
    }
}
