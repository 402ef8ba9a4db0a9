package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.View;
import java.util.List;
import java.util.Optional;

/**
 * What all paths of one shape mean.
 *
 * @param ids which of the path's variables, counted from the left, are the ids that the kind needs, in the order of the
 *     item template
 * @param item the item's own template or an alias; what a restore and a trashed item lead back to
 * @param view of {@link Kind#SHOWN} alone
 */
record Meaning(ResourcePolicy policy, Kind kind, List<Integer> ids, PathTemplate item, Optional<View> view) {

    enum Kind {
        COLLECTION(false),
        ITEM(true),
        BELOW_ITEM(true),
        UNLINK(true),
        BELOW_COLLECTION(false),
        TRASH_COLLECTION(false),
        TRASH_ITEM(true),
        RESTORE(true),
        RESTORE_IN_TRASH(true),
        DELETE_MANY(false),
        RESTORE_MANY(false),
        PURGE_MANY(false),
        JOB(false),
        REVISIONS(true),
        REVISION(true),
        SNAPSHOTS(true),
        SHOWN(false);

        private final boolean namesItem;

        Kind(boolean namesItem) {
            this.namesItem = namesItem;
        }

        boolean isRestore() {
            return this == RESTORE || this == RESTORE_IN_TRASH;
        }
    }

    Meaning {
        ids = List.copyOf(ids);
    }

    /** Whether a policy acts there. */
    boolean isGoverned() {
        return policy.mode().acts();
    }

    /** The item of these ids. */
    ItemKey key(List<String> values) {
        int last = values.size() - 1;
        return new ItemKey(policy.name(), values.subList(0, last), values.get(last));
    }

    /** Whether there can be such a thing: an item's id must fit the policy's pattern. */
    boolean allows(List<String> values) {
        return !kind.namesItem
                || policy.idPattern()
                        .map(pattern -> pattern.matcher(values.getLast()).matches())
                        .orElse(true);
    }
}
