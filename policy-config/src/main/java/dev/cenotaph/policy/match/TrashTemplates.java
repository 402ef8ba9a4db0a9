package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.Trash;
import java.util.List;

/**
 * Where a resource's trash lies: below its collection, or beside it. What is derived keeps the endings of the templates it
 * is derived from: {@code /issues/{id}.json} in {@code /issues.json} has its trash at {@code /issues/trashed.json} and
 * {@code /issues/trashed/{id}.json}; {@code /orders/{id}/} in {@code /orders/} at {@code /orders/trashed/} and
 * {@code /orders/trashed/{id}/}.
 *
 * @param collection the trash collection
 * @param item an item in it; its last variable is the item's id, those before are the collection's
 * @param stem the collection without its ending; all below it belongs to the trash
 */
public record TrashTemplates(PathTemplate collection, PathTemplate item, List<Segment> stem) {

    /**
     * Derives them.
     *
     * @param name as in {@link Trash#collection}
     * @throws IllegalArgumentException if it lies beside a collection that {@linkplain #canLieBeside no trash can lie
     *     beside}
     */
    public static TrashTemplates of(PathTemplate path, PathTemplate item, String name) {
        String suffix = Templates.suffix(item);
        List<Segment> whole = Templates.withoutSlash(path);
        boolean suffixed = !suffix.isEmpty()
                && !whole.isEmpty()
                && whole.getLast() instanceof Literal literal
                && literal.text().endsWith(suffix);
        List<Segment> stem = placed(suffixed ? withoutEnding(whole, suffix) : whole, name);
        List<Segment> collection = suffixed ? Templates.appendText(stem, suffix) : stem;
        return new TrashTemplates(
                Templates.of(Templates.withSlashOf(path, collection)),
                Templates.of(Templates.withSlashOf(item, Templates.append(stem, new Variable("id", suffix)))),
                stem);
    }

    /** Where an item in the trash is restored in this dialect. */
    public List<List<Segment>> restores(String dialect) {
        return Templates.restores(item.segments(), dialect);
    }

    /** Whether the collection has a name of its own, that the name of a trash beside it can be made of. */
    public static boolean canLieBeside(PathTemplate path) {
        List<Segment> whole = Templates.withoutSlash(path);
        return !whole.isEmpty() && whole.getLast() instanceof Literal;
    }

    private static List<Segment> placed(List<Segment> path, String name) {
        if (!name.startsWith(Trash.BESIDE)) {
            return Templates.append(path, new Literal(name));
        }
        if (path.isEmpty() || !(path.getLast() instanceof Literal collection)) {
            throw new IllegalArgumentException("no trash can lie beside a collection without a name");
        }
        String beside = name.substring(Trash.BESIDE.length()).replace(Trash.COLLECTION, collection.text());
        return Templates.append(path.subList(0, path.size() - 1), new Literal(beside));
    }

    private static List<Segment> withoutEnding(List<Segment> path, String suffix) {
        String text = path.getLast() instanceof Literal literal ? literal.text() : "";
        String stem = text.substring(0, text.length() - suffix.length());
        return Templates.append(path.subList(0, path.size() - 1), new Literal(stem));
    }
}
