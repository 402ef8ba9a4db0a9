package dev.cenotaph.gateway.filter;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policy set in force, with what was compiled from it; immutable, swapped whole.
 *
 * @param on whether the gateway's own mode lets any policy act
 */
public record Policies(PolicySet set, PolicyMatcher matcher, boolean on) {

    /** Compiles a set. */
    public static Policies of(PolicySet set, boolean on) {
        return new Policies(set, new PolicyMatcher(set), on);
    }

    /** What a request's paths mean. What is ambiguous as it came is refused, although it was made clean since. */
    PathReading read(RequestPaths paths) {
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
