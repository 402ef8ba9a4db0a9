package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes templates apart and puts segments together. */
final class Templates {
    private static final Literal LAST_SLASH = new Literal("");

    private Templates() {}

    /** The template of these segments. */
    static PathTemplate of(List<Segment> segments) {
        String text = segments.stream()
                .map(segment -> switch (segment) {
                    case Literal literal -> literal.text();
                    case Variable variable -> "{" + variable.name() + "}" + variable.suffix();
                })
                .collect(Collectors.joining("/", "/", ""));
        return new PathTemplate(text, segments);
    }

    static boolean endsInSlash(PathTemplate template) {
        return endsInSlash(template.segments());
    }

    private static boolean endsInSlash(List<Segment> segments) {
        return !segments.isEmpty() && segments.getLast().equals(LAST_SLASH);
    }

    static List<Segment> withoutSlash(PathTemplate template) {
        return withoutSlash(template.segments());
    }

    private static List<Segment> withoutSlash(List<Segment> segments) {
        return endsInSlash(segments) ? segments.subList(0, segments.size() - 1) : segments;
    }

    /** The segments, with a last slash where the template has one. */
    static List<Segment> withSlashOf(PathTemplate template, List<Segment> segments) {
        return endsInSlash(template) ? append(segments, LAST_SLASH) : segments;
    }

    /** What comes before the last variable. */
    static List<Segment> directory(PathTemplate template) {
        return template.segments().subList(0, lastVariable(template));
    }

    /** All up to the last variable, that one without its suffix. */
    static List<Segment> stem(PathTemplate template) {
        return append(directory(template), new Variable("id", ""));
    }

    /** What follows the last variable in its segment. */
    static String suffix(PathTemplate template) {
        return template.segments().get(lastVariable(template)) instanceof Variable variable ? variable.suffix() : "";
    }

    private static int lastVariable(PathTemplate template) {
        for (int i = template.segments().size() - 1; i >= 0; i--) {
            if (template.segments().get(i) instanceof Variable) {
                return i;
            }
        }
        throw new IllegalArgumentException(template + " has no variable");
    }

    static List<Segment> append(List<Segment> segments, Segment... more) {
        var all = new ArrayList<>(segments);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    /** The segments with this text behind the last one. */
    static List<Segment> appendText(List<Segment> segments, String text) {
        Segment last = switch (segments.getLast()) {
            case Literal literal -> new Literal(literal.text() + text);
            case Variable variable -> new Variable(variable.name(), variable.suffix() + text);
        };
        return append(segments.subList(0, segments.size() - 1), last);
    }

    /** Where an item is restored in this dialect: with or without a last slash where the item has one. */
    static List<List<Segment>> restores(List<Segment> item, String dialect) {
        List<Segment> bare = withoutSlash(item);
        List<Segment> restore =
                dialect.startsWith("/") ? append(bare, new Literal(dialect.substring(1))) : appendText(bare, dialect);
        return endsInSlash(item) ? List.of(restore, append(restore, LAST_SLASH)) : List.of(restore);
    }

    /** Where the variables of these names stand among the template's; empty if it lacks one. */
    static Optional<List<Integer>> places(List<String> names, PathTemplate template) {
        List<Integer> places = names.stream().map(template.variables()::indexOf).toList();
        return places.contains(-1) ? Optional.empty() : Optional.of(places);
    }

    /** The template's path with the variables' raw texts in place, from left to right. */
    static String render(PathTemplate template, List<String> variables) {
        var path = new StringBuilder();
        int next = 0;
        for (Segment segment : template.segments()) {
            path.append('/');
            switch (segment) {
                case Literal literal -> path.append(literal.text());
                case Variable variable -> path.append(variables.get(next++)).append(variable.suffix());
            }
        }
        return path.toString();
    }
}
