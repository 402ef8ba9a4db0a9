package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code path}, {@code item}, {@code aliases}, {@code unlink} and {@code views}, and fits their variables. */
final class PathsReader {
    private static final String AND_ONE_MORE = "Use the variables of `path`, in their order, and one more for the id.";

    private final MappingReader resource;
    private final Problems problems;

    PathsReader(MappingReader resource) {
        this.resource = resource;
        this.problems = resource.problems();
    }

    Optional<Paths> read() {
        var path = resource.requiredText("path").flatMap(this::placed);
        var ownItem = resource.text("item");
        var item = ownItem.isPresent() ? ownItem.flatMap(this::placed) : path.flatMap(this::defaultItem);
        var aliases = templates("aliases");
        var unlink = templates("unlink");
        var views = resource.maps("views");
        var shown = views.stream().flatMap(view -> view(view, path).stream()).toList();
        if (path.isEmpty() || item.isEmpty()) {
            return Optional.empty();
        }
        checkItem(path.get(), item.get());
        aliases.removeIf(alias -> !fits(alias, item.get()));
        unlink.removeIf(template -> !liesBelow(template, item.get()));
        return Optional.of(new Paths(path.get(), item.get(), aliases, unlink, shown));
    }

    private Optional<Placed> placed(Scalar text) {
        return Templates.read(text, problems).map(template -> new Placed(template, text.at()));
    }

    private List<Placed> templates(String key) {
        var templates = new ArrayList<Placed>();
        for (Scalar text : resource.texts(key).orElse(List.of())) {
            placed(text).ifPresent(templates::add);
        }
        return templates;
    }

    private Optional<Placed> defaultItem(Placed path) {
        if (path.variables().contains("id")) {
            String what = "The item would be " + Wording.quoted(path.template() + "/{id}") + ", with `{id}` twice.";
            problems.add(
                    path.at(),
                    ProblemCode.TEMPLATE_VARIABLES,
                    what,
                    "Name the variable after the parent, or write `item`.");
            return Optional.empty();
        }
        String text = path.template().text();
        String item = text.endsWith("/") ? text + "{id}/" : text + "/{id}";
        return Optional.of(new Placed(Templates.parse(item), path.at()));
    }

    private void checkItem(Placed path, Placed item) {
        var variables = item.template().variables();
        var parents = path.template().variables();
        boolean oneMore = variables.size() == parents.size() + 1;
        if (!oneMore || !variables.subList(0, parents.size()).equals(parents)) {
            variableProblem(item, "does not have the variables of `path` and one more", AND_ONE_MORE);
        }
    }

    private boolean fits(Placed alias, Placed item) {
        boolean fits = alias.variables().equals(item.variables());
        if (!fits) {
            variableProblem(
                    alias, "names other variables than the item", "Use the variables of " + item.quoted() + ".");
        }
        return fits;
    }

    private void variableProblem(Placed template, String what, String mend) {
        problems.add(template.at(), ProblemCode.TEMPLATE_VARIABLES, template.quoted() + " " + what + ".", mend);
    }

    private boolean liesBelow(Placed template, Placed item) {
        var stem = stem(item.template().segments());
        var segments = stem(template.template().segments());
        boolean liesBelow = segments.size() > stem.size()
                && segments.subList(0, stem.size()).equals(stem);
        if (!liesBelow) {
            String mend = "Start it with " + item.quoted() + " and go on below.";
            problems.add(
                    template.at(),
                    ProblemCode.TEMPLATE_NOT_BELOW_ITEM,
                    template.quoted() + " does not lie below the item.",
                    mend);
        }
        return liesBelow;
    }

    /** The segments without the empty one of a trailing slash. */
    static List<Segment> stem(List<Segment> segments) {
        return segments.getLast().equals(new Literal("")) ? segments.subList(0, segments.size() - 1) : segments;
    }

    private Optional<Paths.Shown> view(MappingReader view, Optional<Placed> path) {
        var shown = view.requiredText("path").flatMap(this::placed);
        var items = ListingReader.place(view, "items");
        var row = ListingReader.place(view, "row");
        view.finish();
        shown.ifPresent(template -> path.ifPresent(of -> checkView(template, of)));
        return shown.map(template -> new Paths.Shown(new View(template.template(), items, row), template.at()));
    }

    private void checkView(Placed view, Placed path) {
        if (!path.variables().containsAll(view.variables())) {
            variableProblem(
                    view, "has a variable that `path` does not have", "Use the variables of the parents, or none.");
        }
    }
}
