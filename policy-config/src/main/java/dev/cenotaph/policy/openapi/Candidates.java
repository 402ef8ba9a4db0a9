package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sorts the DELETEs of an API: those of items, and those of anything else. */
final class Candidates {
    private final Map<String, ApiPath> byShape = new HashMap<>();
    private final List<Candidate> items = new ArrayList<>();
    private final List<ApiOperation> others = new ArrayList<>();

    Candidates(Api api) {
        api.paths().forEach(path -> path.template().ifPresent(template -> byShape.putIfAbsent(shape(template), path)));
        for (ApiOperation delete : api.operations(HttpMethod.DELETE)) {
            candidate(delete).ifPresentOrElse(items::add, () -> others.add(delete));
        }
    }

    /** Those of items, in the order of the document. */
    List<Candidate> items() {
        return List.copyOf(items);
    }

    /** Those of collections, of things that there is one of, and of paths that no policy can name. */
    List<ApiOperation> others() {
        return List.copyOf(others);
    }

    private Optional<Candidate> candidate(ApiOperation delete) {
        return delete.path().template().flatMap(template -> {
            List<Segment> stem = stem(template);
            return stem.size() > 1 && stem.getLast() instanceof Variable variable
                    ? Optional.of(candidate(delete, template, variable))
                    : Optional.empty();
        });
    }

    private Candidate candidate(ApiOperation delete, PathTemplate item, Variable id) {
        boolean slash = endsInSlash(item);
        List<Segment> above = stem(item).subList(0, stem(item).size() - 1);
        PathTemplate plain = TemplateText.of(slash ? with(above, new Literal("")) : above);
        PathTemplate suffixed = TemplateText.of(suffixed(above, id.suffix()));
        Optional<ApiPath> found = find(suffixed).or(() -> find(plain));
        PathTemplate collection = find(suffixed).isPresent() ? suffixed : plain;
        return new Candidate(delete, item, collection, found);
    }

    private Optional<ApiPath> find(PathTemplate wanted) {
        return Optional.ofNullable(byShape.get(shape(wanted)));
    }

    private static List<Segment> suffixed(List<Segment> segments, String suffix) {
        if (suffix.isEmpty() || !(segments.getLast() instanceof Literal last)) {
            return segments;
        }
        return with(segments.subList(0, segments.size() - 1), new Literal(last.text() + suffix));
    }

    /** The template with its variables' names left out. */
    static String shape(PathTemplate template) {
        var shape = new StringBuilder();
        for (Segment segment : template.segments()) {
            shape.append('/')
                    .append(
                            switch (segment) {
                                case Literal literal -> literal.text();
                                case Variable variable -> "{}" + variable.suffix();
                            });
        }
        return shape.toString();
    }

    /** Whether a template lies below an item, with the item's ending or without it. */
    static boolean isBelow(PathTemplate template, PathTemplate item) {
        List<Segment> above = stem(item);
        List<Segment> segments = stem(template);
        if (segments.size() <= above.size()) {
            return false;
        }
        String begins = shape(TemplateText.of(segments.subList(0, above.size())));
        return begins.equals(shape(TemplateText.of(above))) || begins.equals(shape(TemplateText.of(bare(above))));
    }

    private static List<Segment> bare(List<Segment> item) {
        return item.getLast() instanceof Variable variable
                ? with(item.subList(0, item.size() - 1), new Variable(variable.name(), ""))
                : item;
    }

    static boolean endsInSlash(PathTemplate template) {
        return template.segments().getLast().equals(new Literal(""));
    }

    /** The segments without the empty one of a last slash. */
    static List<Segment> stem(PathTemplate template) {
        List<Segment> segments = template.segments();
        return endsInSlash(template) ? segments.subList(0, segments.size() - 1) : segments;
    }

    static List<Segment> with(List<Segment> segments, Segment last) {
        var all = new ArrayList<>(segments);
        all.add(last);
        return List.copyOf(all);
    }
}
