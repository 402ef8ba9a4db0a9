package dev.cenotaph.policy.advice;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Warnings about what lies around the governed paths and is not governed, as far as the set itself tells. */
final class Neighbours {
    private static final Pattern VERSION = Pattern.compile("v\\d+(?:\\.\\d+)*|\\d{4}-\\d{2}(?:-\\d{2})?");

    private final CompiledPolicies compiled;
    private final PolicyMatcher matcher;
    private final List<ResourcePolicy> governed;

    Neighbours(CompiledPolicies compiled) {
        this.compiled = compiled;
        this.matcher = new PolicyMatcher(compiled.policies());
        this.governed = compiled.policies().resources().stream()
                .filter(policy -> policy.mode().acts())
                .toList();
    }

    Stream<Advice> all() {
        return governed.stream()
                .flatMap(policy -> Stream.of(parents(policy), collection(policy), versions(policy))
                        .flatMap(advice -> advice));
    }

    /** The outermost item above these items that no policy governs; those below it are spared with it. */
    private Stream<Advice> parents(ResourcePolicy policy) {
        List<Segment> segments = policy.item().segments();
        int variables = policy.item().variables().size();
        var above = new ArrayList<String>();
        for (int end = 1, seen = 0; end < segments.size() && seen < variables - 1; end++) {
            if (segments.get(end - 1) instanceof Variable) {
                seen++;
                above.add(text(segments.subList(0, end)));
            }
        }
        return above.stream()
                .filter(path -> matcher.read(example(path)) instanceof PathReading.Ungoverned)
                .limit(1)
                .map(path -> new Advice(
                        compiled.places()
                                .key(policy.name(), "path")
                                .orElseGet(() -> compiled.places().resource(policy.name())),
                        AdviceCode.PARENT_NOT_GOVERNED,
                        "No policy governs `" + path + "`: its DELETE passes, and may take the items of `"
                                + policy.name() + "` with it.",
                        "Add a resource for it."));
    }

    /** What the items' own paths end below, where that is not what `path` says. */
    private Stream<Advice> collection(ResourcePolicy policy) {
        List<Segment> segments = withoutSlash(policy.item().segments());
        if (segments.size() < 2
                || !(segments.getLast() instanceof Variable id)
                || !(segments.get(segments.size() - 2) instanceof Literal)
                || liesBesideItsCollection(policy, segments)) {
            return Stream.empty();
        }
        return Stream.of(text(segments.subList(0, segments.size() - 1)) + id.suffix())
                .filter(this::isUnfiltered)
                .map(path -> new Advice(
                        compiled.places()
                                .key(policy.name(), "path")
                                .orElseGet(() -> compiled.places().resource(policy.name())),
                        AdviceCode.COLLECTION_NOT_GOVERNED,
                        "No policy governs `" + path + "`, below which the items of `" + policy.name() + "` lie.",
                        "Write `path: " + path + "`, or allow this if there is no such collection."));
    }

    /** As with OData: {@code /odata/Products} and {@code /odata/Products(7)}. */
    private static boolean liesBesideItsCollection(ResourcePolicy policy, List<Segment> item) {
        List<Segment> collection = withoutSlash(policy.path().segments());
        return !collection.isEmpty()
                && collection.subList(0, collection.size() - 1).equals(item.subList(0, item.size() - 1));
    }

    /** Whether a list there would pass as it is. */
    private boolean isUnfiltered(String path) {
        return switch (matcher.read(example(path))) {
            case PathReading.Ungoverned ungoverned -> true;
            case PathReading.Ambiguous ambiguous -> false;
            case PathReading.Governed governed -> governed.match().target() instanceof Target.BelowCollection;
        };
    }

    private static List<Segment> withoutSlash(List<Segment> segments) {
        return segments.getLast().equals(new Literal("")) ? segments.subList(0, segments.size() - 1) : segments;
    }

    /** A collection that another version of the API has, and that is governed under this one alone. */
    private Stream<Advice> versions(ResourcePolicy policy) {
        Set<String> missing = new TreeSet<>();
        for (ResourcePolicy other : governed) {
            if (other.upstream().equals(policy.upstream())) {
                version(policy, other)
                        .filter(path -> matcher.read(example(path)) instanceof PathReading.Ungoverned)
                        .forEach(missing::add);
            }
        }
        return missing.stream()
                .map(path -> new Advice(
                        compiled.places()
                                .key(policy.name(), "path")
                                .orElseGet(() -> compiled.places().resource(policy.name())),
                        AdviceCode.VERSION_NOT_GOVERNED,
                        "`" + path + "` is governed by no policy, though other collections under that version are.",
                        "Add a resource for it, or allow this if there is no such collection."));
    }

    /** The policy's collection under the other one's version, where the two have the same stem. */
    private static Stream<String> version(ResourcePolicy policy, ResourcePolicy other) {
        int mine = versionAt(policy.path());
        if (mine < 0 || mine != versionAt(other.path())) {
            return Stream.empty();
        }
        var segments = new ArrayList<>(policy.path().segments());
        var theirs = other.path().segments();
        boolean sameStem = segments.subList(0, mine).equals(theirs.subList(0, mine));
        if (!sameStem || segments.get(mine).equals(theirs.get(mine))) {
            return Stream.empty();
        }
        segments.set(mine, theirs.get(mine));
        return Stream.of(text(segments));
    }

    private static int versionAt(PathTemplate path) {
        List<Segment> segments = path.segments();
        for (int i = 0; i < segments.size() - 1; i++) {
            if (segments.get(i) instanceof Literal literal
                    && VERSION.matcher(literal.text()).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static String text(List<Segment> segments) {
        return segments.stream()
                .map(segment -> switch (segment) {
                    case Literal literal -> literal.text();
                    case Variable variable -> "{" + variable.name() + "}" + variable.suffix();
                })
                .collect(Collectors.joining("/", "/", ""));
    }

    /** A path of the template; what its variables hold does not matter to who governs it. */
    private static String example(String template) {
        return template.replaceAll("\\{[^}]*}", "1");
    }
}
