package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Where the snapshot of a trashed item is a resource of its own, as AEP's proposal for a replacement of soft delete has
 * it: {@code /orders-snapshots/{id}/snapshots/latest} in the list {@code /orders-snapshots/{id}/snapshots}, restored by a
 * POST to {@code …/latest:restore} or, since there is one at most, to {@code …/snapshots:restore}.
 *
 * @param stem all below it belongs to the snapshots
 * @param list the snapshots of an item; variables as those of {@code latest}
 * @param latest the snapshot of an item; its last variable is the item's id, those before are the collection's
 */
public record SnapshotTemplates(List<Segment> stem, PathTemplate list, PathTemplate latest) {
    /** How it is restored. */
    public static final String RESTORE = ":restore";

    /** Derives them; empty beside a collection without a name. */
    public static Optional<SnapshotTemplates> of(PathTemplate path) {
        List<Segment> whole = Templates.withoutSlash(path);
        if (whole.isEmpty() || !(whole.getLast() instanceof Literal collection)) {
            return Optional.empty();
        }
        List<Segment> stem =
                Templates.append(whole.subList(0, whole.size() - 1), new Literal(collection.text() + "-snapshots"));
        List<Segment> list = Templates.append(stem, new Variable("id", ""), new Literal("snapshots"));
        List<Segment> latest = Templates.append(list, new Literal("latest"));
        return Optional.of(new SnapshotTemplates(stem, Templates.of(list), Templates.of(latest)));
    }

    /** Where it is restored. */
    public List<List<Segment>> restores() {
        return List.of(
                Templates.appendText(latest.segments(), RESTORE), Templates.appendText(list.segments(), RESTORE));
    }
}
