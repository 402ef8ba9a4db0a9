package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Revisions;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.match.SnapshotTemplates;
import dev.cenotaph.policy.match.TrashTemplates;
import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource's claim that the paths of one template mean one thing of it.
 *
 * @param role what they mean, for people
 * @param segments of the template
 * @param at where it is written, or what it follows from
 * @param written whether it stands in the file; others follow from what does
 */
record Claim(String resource, String role, List<Segment> segments, Position at, boolean written) {

    /** All that a resource claims: what it writes first, in the order of the language's keys. */
    static List<Claim> of(ReadResource resource) {
        return resource.paths().map(paths -> new Claims(resource, paths).all()).orElse(List.of());
    }

    /** Equal for two templates if and only if one path can mean both and neither is the more specific one. */
    String shape() {
        return shape(segments);
    }

    /** Equal, too, where an upstream that is lenient about case and the last slash would see no difference. */
    String looseShape() {
        return shape(PathsReader.stem(segments)).toLowerCase(Locale.ROOT);
    }

    private static String shape(List<Segment> segments) {
        return segments.stream()
                .map(segment -> switch (segment) {
                    case Literal literal -> literal.text();
                    case Variable variable -> "{}" + variable.suffix();
                })
                .collect(Collectors.joining("/", "/", ""));
    }

    private record Claims(ReadResource resource, Paths paths) {

        List<Claim> all() {
            boolean ownItem = resource.mapping().find("item").isPresent();
            var all = new ArrayList<Claim>();
            all.add(written("path", paths.path()));
            all.add(new Claim(
                    resource.name(),
                    "item",
                    paths.item().template().segments(),
                    paths.item().at(),
                    ownItem));
            paths.aliases().forEach(alias -> all.add(written("alias", alias)));
            paths.unlink().forEach(unlink -> all.add(written("unlink path", unlink)));
            paths.views()
                    .forEach(view ->
                            all.add(written("view", new Placed(view.view().path(), view.at()))));
            trash(all);
            snapshots(all);
            Stream.concat(Stream.of(paths.item()), paths.aliases().stream())
                    .forEach(item ->
                            all.addAll(restores("restore path", item.template().segments())));
            resource.policy().flatMap(ResourcePolicy::revisions).ifPresent(kept -> revisions(all));
            return all;
        }

        private void revisions(List<Claim> all) {
            Position at = resource.mapping()
                    .find("revisions")
                    .filter(entry -> !entry.inherited())
                    .map(Entry::at)
                    .orElse(resource.at());
            Stream.concat(Stream.of(paths.item()), paths.aliases().stream()).forEach(item -> {
                var list = with(PathsReader.stem(item.template().segments()), new Literal(Revisions.SEGMENT));
                all.add(new Claim(resource.name(), "list of revisions", list, at, false));
                all.add(new Claim(resource.name(), "revision", with(list, new Variable("number", "")), at, false));
            });
        }

        private Claim written(String role, Placed template) {
            return new Claim(resource.name(), role, template.template().segments(), template.at(), true);
        }

        private Claim followed(String role, String key, List<Segment> segments) {
            return new Claim(resource.name(), role, segments, placeOf(key), false);
        }

        private Position placeOf(String trashKey) {
            return resource.mapping()
                    .find("trash", trashKey)
                    .filter(entry -> !entry.inherited())
                    .map(entry -> entry.value().at())
                    .orElse(resource.at());
        }

        private void trash(List<Claim> all) {
            var path = paths.path().template();
            boolean beside = resource.trash().collection().startsWith(Trash.BESIDE);
            boolean sound = !paths.item().template().variables().isEmpty();
            if (sound && (!beside || TrashTemplates.canLieBeside(path))) {
                var trash = TrashTemplates.of(
                        path, paths.item().template(), resource.trash().collection());
                all.add(followed(
                        "trash collection", "collection", trash.collection().segments()));
                all.add(followed("item in the trash", "collection", trash.item().segments()));
                all.addAll(restores("restore path in the trash", trash.item().segments()));
                for (String verb : List.of(":restore", ":purge", ":jobs")) {
                    all.add(followed("trash" + verb, "collection", withText(trash.stem(), verb)));
                }
            }
        }

        private static List<Segment> withText(List<Segment> segments, String text) {
            var last = switch (segments.getLast()) {
                case Literal literal -> new Literal(literal.text() + text);
                case Variable variable -> new Variable(variable.name(), variable.suffix() + text);
            };
            return with(segments.subList(0, segments.size() - 1), last);
        }

        private void snapshots(List<Claim> all) {
            if (resource.mapping().find("marker", "snapshot").isPresent()) {
                SnapshotTemplates.of(paths.path().template()).ifPresent(templates -> {
                    all.add(followed(
                            "snapshot", "collection", templates.latest().segments()));
                    all.add(followed(
                            "list of snapshots", "collection", templates.list().segments()));
                    templates
                            .restores()
                            .forEach(restore ->
                                    all.add(followed("restore path of the snapshot", "collection", restore)));
                });
            }
        }

        private List<Claim> restores(String role, List<Segment> item) {
            return resource.trash().restore().stream()
                    .map(restore -> followed(role, "restore", restored(item, restore)))
                    .toList();
        }

        /** {@code /segment} goes below the item, {@code :verb} onto the end of its path; a last slash is dropped. */
        private static List<Segment> restored(List<Segment> item, String restore) {
            var stem = PathsReader.stem(item);
            if (restore.startsWith("/")) {
                return with(stem, new Literal(restore.substring(1)));
            }
            var last = switch (stem.getLast()) {
                case Literal literal -> new Literal(literal.text() + restore);
                case Variable variable -> new Variable(variable.name(), variable.suffix() + restore);
            };
            return with(stem.subList(0, stem.size() - 1), last);
        }

        private static List<Segment> with(List<Segment> segments, Segment last) {
            return Stream.concat(segments.stream(), Stream.of(last)).toList();
        }
    }
}
