package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.RestorePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The paths that a policy adds to an API, in the words of the document. */
final class TrashPaths {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");

    private final ResourcePolicy policy;
    private final ApiPath item;
    private final List<String> names;

    /** @param item one of the policy's items, as the document has it */
    TrashPaths(ResourcePolicy policy, ApiPath item) {
        this.policy = policy;
        this.item = item;
        names = VARIABLE.matcher(item.text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The restore paths by their dialect, in the policy's order. */
    Map<String, String> restores() {
        var restores = new LinkedHashMap<String, String>();
        policy.trash().restore().forEach(dialect -> restores.put(dialect, RestorePath.of(item.text(), dialect)));
        return restores;
    }

    String trash() {
        var segments = trashSegments();
        if (isSuffixed()) {
            Literal last = (Literal) segments.removeLast();
            segments.add(new Literal(last.text() + suffix()));
        }
        return text(slashed(policy.path(), segments));
    }

    String trashItem() {
        var segments = trashSegments();
        segments.add(new Variable("id", suffix()));
        return text(slashed(policy.item(), segments));
    }

    private List<Segment> trashSegments() {
        var segments = new ArrayList<>(Candidates.stem(policy.path()));
        if (isSuffixed()) {
            Literal last = (Literal) segments.removeLast();
            segments.add(new Literal(last.text().substring(0, last.text().length() - suffix().length())));
        }
        segments.add(new Literal(policy.trash().collection()));
        return segments;
    }

    private static List<Segment> slashed(PathTemplate like, List<Segment> segments) {
        return Candidates.endsInSlash(like) ? Candidates.with(segments, new Literal("")) : segments;
    }

    private boolean isSuffixed() {
        return !suffix().isEmpty()
                && Candidates.stem(policy.path()).getLast() instanceof Literal literal
                && literal.text().endsWith(suffix());
    }

    private String suffix() {
        return policy.item().segments().reversed().stream()
                .filter(Variable.class::isInstance)
                .map(segment -> ((Variable) segment).suffix())
                .findFirst()
                .orElse("");
    }

    /** With the document's own names of the variables, and without the path of its server. */
    private String text(List<Segment> segments) {
        var text = new StringBuilder();
        int next = 0;
        for (Segment segment : segments) {
            text.append('/');
            switch (segment) {
                case Literal literal -> text.append(literal.text());
                case Variable variable ->
                    text.append('{').append(names.get(next++)).append('}').append(variable.suffix());
            }
        }
        String whole = text.toString();
        return whole.startsWith(item.base() + "/") ? whole.substring(item.base().length()) : whole;
    }
}
