package dev.cenotaph.policy.match;

import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.LenientReadings.Reading;
import dev.cenotaph.policy.match.Meaning.Kind;
import dev.cenotaph.policy.match.NodeBuilder.Right;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the {@code embedded} rules that a path meets: all whose template is the path, not the most specific alone. Like the
 * {@link PolicyMatcher} it reads strictly and leniently, and refuses a path that some upstream may take for one that meets
 * other rules. Rules of resources whose policy does not act are none.
 */
public final class EmbeddedMatcher {
    private final Node root;
    private final IdentityHashMap<Meaning, List<Rule>> rules = new IdentityHashMap<>();

    public EmbeddedMatcher(PolicySet policies) {
        var byShape = new LinkedHashMap<String, List<Rule>>();
        for (ResourcePolicy policy : policies.resources()) {
            if (policy.mode().acts()) {
                policy.embedded()
                        .forEach(rule -> byShape.computeIfAbsent(shape(rule.path()), shape -> new ArrayList<>())
                                .add(Rule.of(policy, rule)));
            }
        }
        var builder = new NodeBuilder();
        byShape.values().forEach(alike -> plant(builder, alike));
        root = builder.build();
    }

    /** @param parents which of the path's variables are the parents' ids; empty where it does not tell them */
    private record Rule(ResourcePolicy policy, Embedded embedded, Optional<List<Integer>> parents) {

        static Rule of(ResourcePolicy policy, Embedded embedded) {
            List<String> names = policy.item().variables();
            return new Rule(policy, embedded, Templates.places(names.subList(0, names.size() - 1), embedded.path()));
        }
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** @param rawPath as it came over the wire, without the query */
    public EmbeddedReading read(String rawPath) {
        if (rules.isEmpty() || !rawPath.startsWith("/")) {
            return EmbeddedReading.NONE;
        }
        List<EmbeddedMatch> lenient = found(rawPath, Strictness.LENIENT);
        return Oddities.isPlain(rawPath) ? readPlain(rawPath, lenient) : readOdd(rawPath);
    }

    private EmbeddedReading readPlain(String path, List<EmbeddedMatch> lenient) {
        if (lenient.isEmpty()) {
            return EmbeddedReading.NONE;
        }
        List<EmbeddedMatch> strict = found(path, Strictness.STRICT);
        return strict.equals(lenient)
                ? new EmbeddedReading(strict, Optional.empty())
                : EmbeddedReading.refused(new PathReading.Ambiguous(
                        resource(lenient),
                        path,
                        "An upstream that ignores case or a last slash would read something else."));
    }

    private EmbeddedReading readOdd(String path) {
        List<EmbeddedMatch> strict = found(path, Strictness.STRICT);
        if (!strict.isEmpty() && Oddities.disturb(path)) {
            return EmbeddedReading.refused(Refusals.ofOddity(resource(strict), path));
        }
        var readings = new LenientReadings(path);
        while (readings.hasNext()) {
            Reading reading = readings.next();
            List<EmbeddedMatch> lenient = found(reading.path(), Strictness.LENIENT);
            if (!lenient.equals(strict)) {
                return EmbeddedReading.refused(
                        Refusals.ofReading(resource(lenient.isEmpty() ? strict : lenient), reading));
            }
        }
        return readings.areTooMany() && !strict.isEmpty()
                ? EmbeddedReading.refused(Refusals.ofCount(resource(strict), path))
                : new EmbeddedReading(strict, Optional.empty());
    }

    private static String resource(List<EmbeddedMatch> matches) {
        return matches.getFirst().policy().name();
    }

    private List<EmbeddedMatch> found(String path, Strictness strictness) {
        var search = new Search(path, strictness);
        search.enter(root, 0, 0);
        return search.found;
    }

    private void plant(NodeBuilder builder, List<Rule> alike) {
        Rule first = alike.getFirst();
        PathTemplate path = first.embedded().path();
        var meaning = new Meaning(first.policy(), Kind.SHOWN, List.of(), path, Optional.empty());
        builder.at(path.segments(), first.policy().upstream()).exact(Right.DECLARED, meaning);
        rules.put(meaning, List.copyOf(alike));
    }

    private static String shape(PathTemplate template) {
        return template.segments().stream().map(EmbeddedMatcher::shape).collect(Collectors.joining("/"));
    }

    private static String shape(Segment segment) {
        return switch (segment) {
            case Literal literal -> literal.text();
            case Variable variable -> "{}" + variable.suffix();
        };
    }

    /** Looks at every template that the path may be. */
    private final class Search extends Descent {
        private final List<EmbeddedMatch> found = new ArrayList<>();

        Search(String path, Strictness strictness) {
            super(Segments.of(path.startsWith("/") ? path : "/" + path), strictness);
        }

        @Override
        boolean visit(Node node, int depth, int variables) {
            if (depth == path.count()) {
                take(node, variables);
                Node behindSlash =
                        strictness == Strictness.LENIENT ? node.literals().emptySegment() : null;
                if (behindSlash != null) {
                    take(behindSlash, variables);
                }
            } else if (strictness == Strictness.LENIENT && depth == path.count() - 1 && path.length(depth) == 0) {
                take(node, variables);
            }
            return enterChildren(node, depth, variables);
        }

        private void take(Node node, int variables) {
            if (node.exact() != null) {
                List<String> texts = variables(variables);
                rules.getOrDefault(node.exact(), List.of())
                        .forEach(rule ->
                                found.add(new EmbeddedMatch(rule.policy(), rule.embedded(), parents(rule, texts))));
            }
        }

        /** A parent's id that cannot be read is one that the path does not tell. */
        private Optional<List<String>> parents(Rule rule, List<String> texts) {
            if (rule.parents().isEmpty()) {
                return Optional.empty();
            }
            var ids = new ArrayList<String>();
            for (int place : rule.parents().get()) {
                strictness.id(texts.get(place), rule.policy().encodedSlash()).ifPresent(ids::add);
            }
            return Optional.of(List.copyOf(ids))
                    .filter(read -> read.size() == rule.parents().get().size());
        }
    }
}
