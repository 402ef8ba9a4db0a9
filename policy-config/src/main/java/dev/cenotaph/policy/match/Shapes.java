package dev.cenotaph.policy.match;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Revisions;
import dev.cenotaph.policy.View;
import dev.cenotaph.policy.match.Meaning.Kind;
import dev.cenotaph.policy.match.NodeBuilder.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Plants all paths of one resource in the trie. What is derived keeps the ending of the template it is derived from:
 *
 * <ul>
 *   <li>{@code /issues/{id}.json} in {@code /issues.json}: {@code /issues} and all below it are governed; what is below
 *       {@code /issues/7/} is below item 7;
 *   <li>{@code /orders/{id}/} in {@code /orders/}: restore at {@code /orders/7:undelete} and {@code /orders/7/restore},
 *       each with or without a last slash; the same in the trash, {@link TrashTemplates}.
 * </ul>
 */
final class Shapes {
    private final NodeBuilder root;
    private final ResourcePolicy policy;
    private final List<String> names;
    private final List<String> parents;

    private Shapes(NodeBuilder root, ResourcePolicy policy) {
        this.root = root;
        this.policy = policy;
        names = policy.item().variables();
        if (names.isEmpty()) {
            throw new IllegalArgumentException(policy.name() + ": " + policy.item() + " has no variable");
        }
        parents = names.subList(0, names.size() - 1);
    }

    static void plant(ResourcePolicy policy, NodeBuilder root) {
        var shapes = new Shapes(root, policy);
        shapes.collection();
        shapes.items();
        shapes.trash();
        if (policy.marker() instanceof Marker.Snapshot) {
            SnapshotTemplates.of(policy.path()).ifPresent(shapes::snapshots);
        }
        policy.unlink().forEach(shapes::unlink);
        policy.views().forEach(shapes::view);
    }

    private void collection() {
        List<Integer> ids = collectionParents().orElse(List.of());
        at(policy.path().segments()).exact(Right.DECLARED, meaning(Kind.COLLECTION, ids));
        at(Templates.withoutSlash(policy.path())).region(Right.DECLARED, belowCollection());
    }

    private void items() {
        for (PathTemplate template : items(policy)) {
            List<Integer> ids = Templates.places(names, template)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s: %s lacks a variable of %s".formatted(policy.name(), template, policy.item())));
            item(template, ids);
            policy.trash().restore().forEach(dialect -> restore(template, ids, dialect));
            policy.revisions().ifPresent(kept -> revisions(template, ids));
        }
    }

    private void item(PathTemplate template, List<Integer> ids) {
        Meaning below = meaning(Kind.BELOW_ITEM, ids);
        at(template.segments()).exact(Right.DECLARED, meaning(Kind.ITEM, ids));
        at(Templates.withoutSlash(template)).within(Right.DECLARED, below);
        at(Templates.stem(template)).within(Right.DERIVED, below);
        at(Templates.directory(template)).region(Right.DERIVED, belowCollection());
    }

    private void restore(PathTemplate template, List<Integer> ids, String dialect) {
        var meaning = new Meaning(policy, Kind.RESTORE, ids, template, Optional.empty());
        Templates.restores(template.segments(), dialect)
                .forEach(restore -> at(restore).exact(Right.DERIVED, meaning));
    }

    private void trash() {
        var templates =
                TrashTemplates.of(policy.path(), policy.item(), policy.trash().collection());
        at(templates.collection().segments())
                .exact(
                        Right.DERIVED,
                        meaning(Kind.TRASH_COLLECTION, collectionParents().orElse(List.of())));
        at(templates.stem()).region(Right.DECLARED, belowCollection());
        collectionParents().ifPresent(ids -> trashItem(templates, ids));
        many(templates);
    }

    private void many(TrashTemplates templates) {
        List<Segment> path = Templates.withoutSlash(policy.path());
        policy.expansion().paths().forEach(dialect -> many(path, dialect, Kind.DELETE_MANY));
        many(templates.stem(), ":restore", Kind.RESTORE_MANY);
        many(templates.stem(), ":purge", Kind.PURGE_MANY);
        collectionParents()
                .ifPresent(ids -> job(
                        Templates.append(Templates.appendText(templates.stem(), ":jobs"), new Variable("id", "")),
                        ids));
    }

    private void many(List<Segment> segments, String dialect, Kind kind) {
        if (dialect.startsWith(":") && segments.isEmpty()) {
            return;
        }
        List<Segment> many = dialect.startsWith("/")
                ? Templates.append(segments, new Literal(dialect.substring(1)))
                : Templates.appendText(segments, dialect);
        at(many).exact(Right.DERIVED, meaning(kind, collectionParents().orElse(List.of())));
    }

    private void job(List<Segment> segments, List<Integer> ofParents) {
        var ids = new ArrayList<>(ofParents);
        ids.add(policy.path().variables().size());
        at(segments).exact(Right.DERIVED, meaning(Kind.JOB, ids));
    }

    private void trashItem(TrashTemplates templates, List<Integer> ofParents) {
        var ids = new ArrayList<>(ofParents);
        ids.add(policy.path().variables().size());
        at(templates.item().segments()).exact(Right.DERIVED, meaning(Kind.TRASH_ITEM, ids));
        for (String dialect : policy.trash().restore()) {
            templates
                    .restores(dialect)
                    .forEach(restore -> at(restore).exact(Right.DERIVED, meaning(Kind.RESTORE_IN_TRASH, ids)));
        }
    }

    private void snapshots(SnapshotTemplates templates) {
        at(templates.stem()).region(Right.DECLARED, belowCollection());
        collectionParents().ifPresent(ofParents -> {
            var ids = new ArrayList<>(ofParents);
            ids.add(policy.path().variables().size());
            at(templates.latest().segments()).exact(Right.DERIVED, meaning(Kind.TRASH_ITEM, ids));
            at(templates.list().segments()).exact(Right.DERIVED, meaning(Kind.SNAPSHOTS, ids));
            templates
                    .restores()
                    .forEach(restore -> at(restore).exact(Right.DERIVED, meaning(Kind.RESTORE_IN_TRASH, ids)));
        });
    }

    private void revisions(PathTemplate template, List<Integer> ids) {
        List<Segment> list = Templates.append(Templates.withoutSlash(template), new Literal(Revisions.SEGMENT));
        List<Segment> one = Templates.append(list, new Variable("number", ""));
        var ofList = new Meaning(policy, Kind.REVISIONS, ids, template, Optional.empty());
        var ofOne = new Meaning(policy, Kind.REVISION, ids, template, Optional.empty());
        at(list).exact(Right.DERIVED, ofList);
        at(Templates.withSlashOf(template, list)).exact(Right.DERIVED, ofList);
        at(one).exact(Right.DERIVED, ofOne);
        at(Templates.withSlashOf(template, one)).exact(Right.DERIVED, ofOne);
    }

    private void unlink(PathTemplate template) {
        List<Integer> ids = Templates.places(names, template).orElseGet(() -> leftmost(names.size()));
        if (template.variables().size() < names.size()) {
            throw new IllegalArgumentException(
                    "%s: %s is not below %s".formatted(policy.name(), template, policy.item()));
        }
        at(template.segments()).exact(Right.DECLARED, meaning(Kind.UNLINK, ids));
    }

    private void view(View view) {
        List<Integer> ids = Templates.places(parents, view.path()).orElse(List.of());
        at(view.path().segments())
                .exact(Right.DECLARED, new Meaning(policy, Kind.SHOWN, ids, policy.item(), Optional.of(view)));
    }

    /** Where the parents' ids stand in the collection's path: by their names, else one by one. */
    private Optional<List<Integer>> collectionParents() {
        return Templates.places(parents, policy.path())
                .or(() -> Optional.of(leftmost(parents.size()))
                        .filter(ids -> policy.path().variables().size() == ids.size()));
    }

    private static List<Integer> leftmost(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<PathTemplate> items(ResourcePolicy policy) {
        var templates = new ArrayList<>(policy.aliases());
        templates.addFirst(policy.item());
        return templates;
    }

    private Meaning belowCollection() {
        return meaning(Kind.BELOW_COLLECTION, List.of());
    }

    private Meaning meaning(Kind kind, List<Integer> ids) {
        return new Meaning(policy, kind, ids, policy.item(), Optional.empty());
    }

    private NodeBuilder at(List<Segment> segments) {
        return root.at(segments, policy.upstream());
    }
}
