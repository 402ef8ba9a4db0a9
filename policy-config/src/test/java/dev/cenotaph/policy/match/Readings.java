package dev.cenotaph.policy.match;

import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a reading as one short line, so that tests can be tables. */
final class Readings {
    private Readings() {}

    static String line(PathReading reading) {
        return switch (reading) {
            case PathReading.Ungoverned ungoverned -> "ungoverned";
            case PathReading.Ambiguous ambiguous -> "ambiguous " + ambiguous.resource();
            case PathReading.Governed governed -> line(governed.match());
        };
    }

    private static String line(ResourceMatch match) {
        String above = match.above().stream().map(item -> line(item.key())).collect(Collectors.joining(" in "));
        return match.policy().name() + " " + line(match.target()) + (above.isEmpty() ? "" : " in " + above);
    }

    private static String line(Target target) {
        return switch (target) {
            case Target.Collection collection -> "collection" + line(collection.parents());
            case Target.Item item -> "item " + line(item.key());
            case Target.BelowItem below -> "below-item";
            case Target.Unlink unlink -> "unlink";
            case Target.BelowCollection below -> "below-collection";
            case Target.TrashCollection trash -> "trash" + line(trash.parents());
            case Target.TrashItem item -> "trash-item " + line(item.key()) + " at " + item.path();
            case Target.Restore restore ->
                "restore %s at %s, otherwise %s"
                        .formatted(line(restore.key()), restore.path(), line(restore.otherwise()));
            case Target.Many many -> "many " + many.change() + line(many.parents());
            case Target.ManyJob job -> "job " + job.id() + line(job.parents());
            case Target.Snapshots snapshots -> "snapshots" + line(snapshots.key()) + " " + snapshots.path();
            case Target.Revisions revisions -> "revisions" + line(revisions.key()) + " " + revisions.path();
            case Target.Revision revision ->
                "revision " + revision.number() + line(revision.key()) + " " + revision.path();
            case Target.Shown shown -> "shown" + line(shown.parents());
        };
    }

    private static String line(ItemKey key) {
        return key.resource() + line(key.parents()) + ":" + key.id();
    }

    private static String line(List<String> parents) {
        return parents.isEmpty() ? "" : parents.toString();
    }
}
