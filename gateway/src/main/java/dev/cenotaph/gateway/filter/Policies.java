package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.batch.BatchEndpoints;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.EmbeddedMatcher;
import dev.cenotaph.policy.match.EmbeddedReading;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policy set in force, with what was compiled from it; immutable, swapped whole.
 *
 * @param set each policy in the mode that holds for it, the whole gateway's counted in
 * @param matcher for what policies act on
 * @param on whether any policy acts
 * @param shadow for what policies would act on that are in the mode {@code shadow}; empty where none is
 * @param embedded for answers that hold items of other resources
 * @param shadowEmbedded the same of resources in the mode {@code shadow}; empty where none is
 * @param batchEndpoints for requests that may be batches
 */
public record Policies(
        PolicySet set,
        PolicyMatcher matcher,
        boolean on,
        Optional<PolicyMatcher> shadow,
        EmbeddedMatcher embedded,
        Optional<EmbeddedMatcher> shadowEmbedded,
        BatchEndpoints batchEndpoints) {

    /**
     * Compiles a set.
     *
     * @param mode of the whole gateway
     */
    public static Policies of(PolicySet set, Mode mode) {
        PolicySet held = mode == Mode.ENFORCE
                ? set
                : set.map(policy -> policy.in(policy.mode().atMost(mode)));
        boolean on = held.resources().stream().anyMatch(policy -> policy.mode().acts());
        boolean shadowed = held.resources().stream().anyMatch(policy -> policy.mode() == Mode.SHADOW);
        var matcher = new PolicyMatcher(held);
        Optional<PolicySet> unveiled = shadowed ? Optional.of(held.map(Policies::unveiled)) : Optional.empty();
        return new Policies(
                held,
                matcher,
                on,
                unveiled.map(PolicyMatcher::new),
                new EmbeddedMatcher(held),
                unveiled.map(EmbeddedMatcher::new).filter(rules -> !rules.isEmpty()),
                BatchEndpoints.of(held, matcher));
    }

    /** What a request's paths mean. What is ambiguous as it came is refused, although it was made clean since. */
    PathReading read(RequestPaths paths) {
        return on ? read(matcher, paths) : new PathReading.Ungoverned();
    }

    /** What the paths of a request that is not governed would mean, if the policies in the mode {@code shadow} acted. */
    PathReading readShadow(RequestPaths paths) {
        return shadow.map(hidden -> read(hidden, paths)).orElseGet(PathReading.Ungoverned::new);
    }

    /** What its answers hold of other resources. */
    EmbeddedReading readEmbedded(RequestPaths paths) {
        EmbeddedReading reading = embedded.read(paths.forwarded());
        if (embedded.isEmpty() || reading.ambiguous().isPresent()) {
            return reading;
        }
        if (!paths.received().equals(paths.forwarded())) {
            EmbeddedReading received = embedded.read(paths.received());
            if (received.ambiguous().isPresent()) {
                return received;
            }
        }
        return paths.claimed().stream()
                .flatMap(claimed -> Stream.of(reading, embedded.read(claimed))
                        .flatMap(either -> resource(either).stream())
                        .map(resource -> new PathReading.Ambiguous(
                                resource, claimed, "A header names another path than the request line.")))
                .findFirst()
                .map(ambiguous -> new EmbeddedReading(List.of(), Optional.of(ambiguous)))
                .orElse(reading);
    }

    /** What its answers would be rid of, if the policies in the mode {@code shadow} acted. */
    List<EmbeddedMatch> readShadowEmbedded(RequestPaths paths) {
        return shadowEmbedded
                .map(hidden -> hidden.read(paths.forwarded()).items())
                .orElse(List.of());
    }

    private static Optional<String> resource(EmbeddedReading reading) {
        return reading.ambiguous()
                .map(PathReading.Ambiguous::resource)
                .or(() -> reading.items().stream()
                        .findFirst()
                        .map(match -> match.policy().name()));
    }

    private static ResourcePolicy unveiled(ResourcePolicy policy) {
        return policy.in(policy.mode() == Mode.SHADOW ? Mode.ENFORCE : Mode.OFF);
    }

    private static PathReading read(PolicyMatcher matcher, RequestPaths paths) {
        PathReading reading = matcher.read(paths.forwarded());
        if (!paths.received().equals(paths.forwarded())
                && matcher.read(paths.received()) instanceof PathReading.Ambiguous ambiguous) {
            return ambiguous;
        }
        return paths.claimed().stream()
                .flatMap(claimed -> Stream.of(reading, matcher.read(claimed))
                        .flatMap(either -> resource(either).stream())
                        .map(resource -> new PathReading.Ambiguous(
                                resource, claimed, "A header names another path than the request line.")))
                .<PathReading>map(ambiguous -> ambiguous)
                .findFirst()
                .orElse(reading);
    }

    private static Optional<String> resource(PathReading reading) {
        return switch (reading) {
            case PathReading.Governed governed ->
                Optional.of(governed.match().policy().name());
            case PathReading.Ambiguous ambiguous -> Optional.of(ambiguous.resource());
            case PathReading.Ungoverned ungoverned -> Optional.empty();
        };
    }
}
