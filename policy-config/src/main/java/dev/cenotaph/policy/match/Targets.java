package dev.cenotaph.policy.match;

import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.List;

/** From where a path landed strictly to what the gateway is told. */
final class Targets {
    private final Trie trie;

    Targets(Trie trie) {
        this.trie = trie;
    }

    ResourceMatch match(String path, Landing landing) {
        return new ResourceMatch(landing.meaning().policy(), target(path, landing), landing.above());
    }

    private Target target(String path, Landing landing) {
        return switch (landing.kind()) {
            case COLLECTION -> new Target.Collection(landing.ids());
            case ITEM -> new Target.Item(landing.key());
            case BELOW_ITEM -> new Target.BelowItem();
            case UNLINK -> new Target.Unlink();
            case BELOW_COLLECTION -> new Target.BelowCollection();
            case TRASH_COLLECTION -> new Target.TrashCollection(landing.ids());
            case TRASH_ITEM -> new Target.TrashItem(landing.key(), itemPath(landing));
            case RESTORE, RESTORE_IN_TRASH ->
                new Target.Restore(landing.key(), itemPath(landing), otherwise(path, landing));
            case DELETE_MANY -> new Target.Many(Target.Many.Change.DELETE, landing.ids());
            case RESTORE_MANY -> new Target.Many(Target.Many.Change.RESTORE, landing.ids());
            case PURGE_MANY -> new Target.Many(Target.Many.Change.PURGE, landing.ids());
            case JOB ->
                new Target.ManyJob(
                        landing.ids().subList(0, landing.ids().size() - 1),
                        landing.ids().getLast());
            case SNAPSHOTS -> new Target.Snapshots(landing.key(), itemPath(landing));
            case REVISIONS -> new Target.Revisions(landing.key(), itemPath(landing));
            case REVISION ->
                new Target.Revision(
                        landing.key(), itemPath(landing), landing.variables().getLast());
            case SHOWN -> new Target.Shown(landing.meaning().view().orElseThrow(), landing.ids());
        };
    }

    private static String itemPath(Landing landing) {
        Meaning meaning = landing.meaning();
        List<String> variables = switch (meaning.kind()) {
            case TRASH_ITEM, RESTORE_IN_TRASH, SNAPSHOTS ->
                meaning.ids().stream().map(landing.variables()::get).toList();
            default -> landing.variables();
        };
        return Templates.render(meaning.item(), variables);
    }

    private Target otherwise(String path, Landing restore) {
        return trie.arriveWithoutRestores(path)
                .found()
                .filter(landing -> landing.resource().equals(restore.resource()))
                .map(landing -> target(path, landing))
                .orElseGet(Target.BelowCollection::new);
    }
}
