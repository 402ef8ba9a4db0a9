package dev.cenotaph.policy.operation;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Target.Many.Change;
import java.util.List;
import java.util.Optional;

/** What a client asks of a governed resource, once every dialect of URL, query and method is read. */
public sealed interface Operation {

    /** OPTIONS: passes whatever the state, so that a CORS preflight never breaks. */
    record Preflight() implements Operation {}

    /** Passes unless something above it is trashed. */
    record Pass(TrashScope scope) implements Operation {}

    /** GET or HEAD of an item. */
    record ReadItem(ItemKey key, TrashScope scope) implements Operation {}

    /**
     * A read of many items: the collection, or a view of it.
     *
     * @param items where the array sits in the answer
     * @param row from an element of the array to the item
     * @param parents the ids of the items' parents, outermost first; empty where the path does not tell
     * @param turn how the client came to this page, and what of the policy's pages holds for it
     */
    record ReadList(Place items, Place row, List<String> parents, TrashScope scope, PageTurn turn)
            implements Operation {}

    /**
     * A page of the trash collection.
     *
     * @param pageSize at most {@link QueryParameters#MAX_PAGE_SIZE}
     */
    record ReadTrash(List<String> parents, int pageSize, Optional<String> pageToken) implements Operation {}

    /**
     * GET or HEAD of an item through the trash collection.
     *
     * @param path the raw path of the item itself
     */
    record ReadTrashedItem(ItemKey key, String path) implements Operation {}

    /** PUT, PATCH or POST of an item. */
    record WriteItem(ItemKey key, Revival revival) implements Operation {}

    /** What a write may do to an item that is trashed. */
    enum Revival {
        /** Nothing. */
        NONE,
        /** It restores the item, and goes on. */
        FIRST,
        /** It is a restore, if its body holds the marker's live value alone. */
        ALONE
    }

    /** POST on the collection. */
    record Create(List<String> parents) implements Operation {}

    /**
     * A DELETE that trashes.
     *
     * @param allowMissing whether it succeeds, too, where there is nothing left to trash
     */
    record SoftDelete(ItemKey key, boolean allowMissing) implements Operation {}

    /**
     * A DELETE that stays real.
     *
     * @param inTrash the raw path of the item itself, where the request names it through the trash collection
     */
    record PermanentDelete(ItemKey key, Grant grant, Optional<String> inTrash) implements Operation {}

    /** Why a DELETE may stay real. */
    enum Grant {
        /** The caller asked for it, and the policy allows it whatever the state. */
        REQUESTED,
        /** The caller asked for it, and the policy allows it for what is trashed. */
        REQUESTED_IF_TRASHED,
        /** The policy lets every DELETE stay real. */
        POLICY
    }

    /**
     * Brings an item back.
     *
     * @param path the raw path of the item itself
     * @param byPatch whether the request's body holds the marker's live value
     */
    record Restore(ItemKey key, String path, boolean byPatch) implements Operation {}

    /**
     * The same change of many items, which the query or the body names.
     *
     * @param ids those that the query names; empty where the body is to name them
     * @param permanent whether what would trash deletes for good
     */
    record ChangeMany(Change change, List<String> parents, List<String> ids, boolean permanent, boolean allowMissing)
            implements Operation {
        public ChangeMany {
            parents = List.copyOf(parents);
            ids = List.copyOf(ids);
        }
    }

    /**
     * The progress of a change of many items.
     *
     * @param resume whether it is to go on
     */
    record Job(List<String> parents, String id, boolean resume) implements Operation {}

    /**
     * A page of an item's revisions, the newest first.
     *
     * @param path the raw path of the item itself
     * @param pageSize at most {@link QueryParameters#MAX_PAGE_SIZE}
     */
    record ReadRevisions(ItemKey key, String path, TrashScope scope, int pageSize, Optional<String> pageToken)
            implements Operation {}

    /**
     * The list of an item's snapshots: one where it is trashed, none where it is live. It has one page.
     *
     * @param path the raw path of the item itself
     */
    record ReadSnapshots(ItemKey key, String path) implements Operation {}

    /**
     * GET or HEAD of one revision of an item.
     *
     * @param path the raw path of the item itself
     */
    record ReadRevision(ItemKey key, String path, long number, TrashScope scope) implements Operation {}

    /**
     * Writes a revision back, so that it is the current one.
     *
     * @param path the raw path of the item itself
     */
    record MakeCurrent(ItemKey key, String path, long number) implements Operation {}

    /** A request that goes nowhere. */
    record Refused(Refusal refusal) implements Operation {}
}
