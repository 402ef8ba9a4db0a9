package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.match.TrashTemplates;

/** Why a path means what it means, in words. */
final class TargetWords {
    private TargetWords() {}

    static String of(ResourceMatch match) {
        ResourcePolicy policy = match.policy();
        return switch (match.target()) {
            case Target.Collection collection -> "the collection, " + policy.path();
            case Target.Item item ->
                "an item, " + policy.item() + ", with the id " + item.key().id();
            case Target.BelowItem below -> "something below an item, " + policy.item();
            case Target.Unlink unlink -> "below an item, where `unlink` lets a DELETE pass";
            case Target.BelowCollection below -> "something below the collection " + policy.path() + " that is no item";
            case Target.TrashCollection trash ->
                "the trash, "
                        + TrashTemplates.of(
                                        policy.path(),
                                        policy.item(),
                                        policy.trash().collection())
                                .collection();
            case Target.TrashItem item ->
                "an item seen through the trash, with the id " + item.key().id();
            case Target.Restore restore ->
                "the restore path of the item " + restore.key().id();
            case Target.Many many -> "many items of the collection " + policy.path();
            case Target.ManyJob job -> "the progress of a change of many items of " + policy.path();
            case Target.Snapshots snapshots ->
                "the snapshots of the item " + snapshots.key().id();
            case Target.Revisions revisions ->
                "the revisions of the item " + revisions.key().id();
            case Target.Revision revision ->
                "revision " + revision.number() + " of the item "
                        + revision.key().id();
            case Target.Shown shown -> "a view, " + shown.view().path();
        };
    }
}
