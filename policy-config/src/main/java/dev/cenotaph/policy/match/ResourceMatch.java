package dev.cenotaph.policy.match;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.View;
import java.util.List;

/**
 * What a governed path means: the policy, the thing of it that is addressed, and the items above it.
 *
 * @param above the governed items that the path runs through, outermost first, the addressed item itself not among
 *     them; one that is trashed makes everything below gone
 */
public record ResourceMatch(ResourcePolicy policy, Target target, List<Above> above) {

    public ResourceMatch {
        above = List.copyOf(above);
    }

    /** Whether whoever asks is told what is trashed here or above. */
    public boolean revealsToAnybody() {
        if (policy.reveal() != Reveal.ALWAYS) {
            return false;
        }
        for (Above item : above) {
            if (item.policy().reveal() != Reveal.ALWAYS) {
                return false;
            }
        }
        return true;
    }

    /** A governed item on the way to the addressed thing. */
    public record Above(ResourcePolicy policy, ItemKey key) {}

    /** The thing of a resource that a path addresses. */
    public sealed interface Target {

        /**
         * The collection.
         *
         * @param parents the decoded ids of the parents, outermost first
         */
        record Collection(List<String> parents) implements Target {}

        /** An item, by its own template or an alias. */
        record Item(ItemKey key) implements Target {}

        /** Something below an item that no template names. The item is the last of {@link ResourceMatch#above}. */
        record BelowItem() implements Target {}

        /** Something below an item that an {@code unlink} template names. */
        record Unlink() implements Target {}

        /** Something below the collection that is neither an item nor below one, such as an id that no item can have. */
        record BelowCollection() implements Target {}

        /** The trash collection. */
        record TrashCollection(List<String> parents) implements Target {}

        /**
         * An item, seen through the trash collection.
         *
         * @param path the raw path of the item itself
         */
        record TrashItem(ItemKey key, String path) implements Target {}

        /**
         * The restore of an item.
         *
         * @param path the raw path of the item itself
         * @param otherwise what the path means when the method is not POST
         */
        record Restore(ItemKey key, String path, Target otherwise) implements Target {}

        /** A change of many items of a collection, for a POST. */
        record Many(Change change, List<String> parents) implements Target {

            /** What is done to each of them. */
            public enum Change {
                DELETE,
                RESTORE,
                PURGE
            }
        }

        /** The progress of a change of many items of the trash. */
        record ManyJob(List<String> parents, String id) implements Target {}

        /**
         * The list of an item's revisions. The item is the last of {@link ResourceMatch#above}.
         *
         * @param path the raw path of the item itself
         */
        record Revisions(ItemKey key, String path) implements Target {}

        /**
         * One revision of an item. The item is the last of {@link ResourceMatch#above}.
         *
         * @param path the raw path of the item itself
         * @param number as it stands in the path
         */
        record Revision(ItemKey key, String path, String number) implements Target {}

        /**
         * The list of an item's snapshots.
         *
         * @param path the raw path of the item itself
         */
        record Snapshots(ItemKey key, String path) implements Target {}

        /** Another path that shows items; {@code parents} where the view's path has the parents' variables. */
        record Shown(View view, List<String> parents) implements Target {}
    }
}
