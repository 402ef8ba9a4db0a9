package dev.cenotaph.policy.operation;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the answer to a request may tell of the trash. Where live and trashed items have to look alike to a caller who may
 * see neither, a live one is asked for, too.
 */
public sealed interface Told {

    /** Nothing of the item or the collection that is addressed. */
    record Nothing() implements Told {}

    /**
     * Something of the addressed item.
     *
     * @param path its raw path, as the request has it
     * @param missingIsFine whether the answer is the same where there is no such item
     */
    record OfItem(ItemKey key, String path, boolean missingIsFine) implements Told {}

    /** Something of many items of a collection. */
    record OfCollection(List<String> parents) implements Told {}

    /**
     * What a request's answer may tell.
     *
     * @param path the raw path that the request addresses
     * @param isTrashed from memory
     */
    static Told by(ResourceMatch match, Operation operation, String path, Predicate<ItemKey> isTrashed) {
        return switch (operation) {
            case Operation.Preflight preflight -> new Nothing();
            case Operation.Refused refused -> new Nothing();
            case Operation.Pass pass -> new Nothing();
            // An id in its body is judged where the body is read.
            case Operation.Create create -> new Nothing();
            case Operation.ReadList list -> new Nothing();
            case Operation.ReadItem read ->
                ofItem(
                        isTrashed.test(read.key()) || (read.scope() == TrashScope.ONLY && marksOutside(match.policy())),
                        read.key(),
                        path);
            case Operation.WriteItem write ->
                ofItem(answersLiveItself(match.policy()) || isTrashed.test(write.key()), write.key(), path);
            case Operation.SoftDelete delete ->
                neverReads(match.policy()) || isTrashed.test(delete.key())
                        ? new OfItem(delete.key(), path, delete.allowMissing())
                        : new Nothing();
            case Operation.PermanentDelete delete ->
                ofItem(
                        delete.inTrash().isPresent() || isTrashed.test(delete.key()),
                        delete.key(),
                        delete.inTrash().orElse(path));
            case Operation.ReadTrashedItem read -> new OfItem(read.key(), read.path(), false);
            case Operation.Restore restore -> new OfItem(restore.key(), restore.path(), false);
            case Operation.ReadSnapshots read -> new OfItem(read.key(), read.path(), false);
            case Operation.ReadRevisions read -> new OfItem(read.key(), read.path(), false);
            case Operation.ReadRevision read -> new OfItem(read.key(), read.path(), false);
            case Operation.MakeCurrent make -> new OfItem(make.key(), make.path(), false);
            case Operation.ReadTrash trash -> new OfCollection(trash.parents());
            // Each item is asked for by itself.
            case Operation.ChangeMany many -> new Nothing();
            case Operation.Job job -> new OfCollection(job.parents());
        };
    }

    /** Whether the answer may be that something above is trashed. */
    static boolean tellsOfAncestors(Operation operation) {
        return switch (operation) {
            case Operation.Preflight preflight -> false;
            case Operation.Refused refused -> false;
            case Operation.Pass pass -> pass.scope() == TrashScope.EXCLUDE;
            case Operation.ReadItem read -> read.scope() == TrashScope.EXCLUDE;
            case Operation.ReadList list -> list.scope() == TrashScope.EXCLUDE;
            case Operation.Create create -> true;
            case Operation.WriteItem write -> true;
            case Operation.SoftDelete delete -> true;
            case Operation.PermanentDelete delete -> true;
            case Operation.Restore restore -> true;
            case Operation.ReadRevisions read -> read.scope() == TrashScope.EXCLUDE;
            case Operation.ReadRevision read -> read.scope() == TrashScope.EXCLUDE;
            case Operation.MakeCurrent make -> true;
            case Operation.ReadTrash trash -> false;
            case Operation.ReadTrashedItem read -> false;
            case Operation.ReadSnapshots read -> false;
            case Operation.ChangeMany many -> true;
            case Operation.Job job -> false;
        };
    }

    private static Told ofItem(boolean tells, ItemKey key, String path) {
        return tells ? new OfItem(key, path, false) : new Nothing();
    }

    /** Whether nothing in an item's body says that it is trashed: who asks for trash alone is answered by us. */
    private static boolean marksOutside(ResourcePolicy policy) {
        return policy.marker() instanceof Marker.Snapshot || policy.marker() instanceof Marker.ExtensionResource;
    }

    /** Some writes of a live item are answered without asking the upstream: for what their body says. */
    private static boolean answersLiveItself(ResourcePolicy policy) {
        return policy.markerWrites() == MarkerWrites.REFUSE;
    }

    /** A DELETE that does not read the item first is answered by us, or by another call than the one we ask with. */
    private static boolean neverReads(ResourcePolicy policy) {
        return policy.mode() == Mode.DRAIN
                || policy.answers().delete() == Answers.Delete.PASS
                || policy.write().exists() != Write.Exists.CHECK;
    }
}
