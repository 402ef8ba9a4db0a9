package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.match.TrashTemplates;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one resource, its file's defaults already under it. */
final class ResourceReader {
    private final URI upstream;
    private final Mode mode;
    private final Problems problems;

    /** @param mode of the file */
    ResourceReader(URI upstream, Mode mode, Problems problems) {
        this.upstream = upstream;
        this.mode = mode;
        this.problems = problems;
    }

    ReadResource read(String name, Position at, Mapping resource) {
        var keys = new MappingReader(at, resource, problems);
        var paths = new PathsReader(keys).read();
        var settings = Settings.read(keys);
        var children = keys.texts(Children.KEY).orElse(List.of());
        var embedded = EmbeddedReader.read(keys);
        if (keys.entry("marker").isEmpty()) {
            keys.missing("marker");
        }
        keys.finish();
        new WriteRules(resource, problems).check(settings.write(), settings.marker());
        new PagesRules(resource, problems).check(settings.list());
        UniqueReader.check(resource, settings, problems);
        new ParameterNames(resource, problems).check(settings, at);
        paths.ifPresent(its -> checkSubResource(resource, settings.marker(), its.item()));
        var placed = paths.filter(its -> trashHasItsPlace(resource, settings.trash(), its.path()));
        return new ReadResource(
                name,
                at,
                resource,
                paths,
                settings.trash(),
                placed.flatMap(its -> policy(name, its, embedded, settings, children)));
    }

    private void checkSubResource(Mapping resource, Optional<Marker> marker, Placed item) {
        if (marker.isEmpty() || !(marker.get() instanceof Marker.ExtensionResource extension)) {
            return;
        }
        var variables = Set.copyOf(extension.resource().variables());
        if (!variables.equals(item.variables())) {
            String what = Wording.quoted(extension.resource().text()) + " names other variables than the item.";
            String mend = "Use the variables of " + item.quoted() + ".";
            resource.find("marker", "extension", "resource")
                    .ifPresent(entry -> problems.add(entry.value().at(), ProblemCode.TEMPLATE_VARIABLES, what, mend));
        }
    }

    private boolean trashHasItsPlace(Mapping resource, Trash trash, Placed path) {
        if (!trash.collection().startsWith(Trash.BESIDE) || TrashTemplates.canLieBeside(path.template())) {
            return true;
        }
        String what = "Nothing can lie beside " + path.quoted() + ", since its last segment is no fixed text.";
        Position at = resource.find("trash", "collection")
                .map(entry -> entry.value().at())
                .orElse(path.at());
        problems.add(at, ProblemCode.INVALID_NAME, what, "Write a segment below it, such as `trashed`.");
        return false;
    }

    private Optional<ResourcePolicy> policy(
            String name, Paths paths, List<Embedded> embedded, Settings settings, List<Scalar> children) {
        return settings.marker()
                .map(marker -> new ResourcePolicy(
                        name,
                        upstream,
                        paths.path().template(),
                        paths.item().template(),
                        settings.id(),
                        settings.idPattern(),
                        settings.wrap(),
                        settings.encodedSlash(),
                        Paths.templates(paths.aliases()),
                        marker,
                        settings.write(),
                        settings.list(),
                        paths.views().stream().map(Paths.Shown::view).toList(),
                        Paths.templates(paths.unlink()),
                        embedded,
                        settings.answers(),
                        settings.trash(),
                        settings.permanent(),
                        settings.retention(),
                        children.stream().map(Scalar::text).toList(),
                        settings.create(),
                        settings.unique(),
                        settings.collectionDelete(),
                        settings.expansion(),
                        settings.batch(),
                        settings.reveal(),
                        settings.markerWrites(),
                        settings.revisions(),
                        settings.override(),
                        settings.mode().orElse(mode)));
    }
}
