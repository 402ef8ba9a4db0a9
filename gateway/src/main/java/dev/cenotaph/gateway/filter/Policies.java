package dev.cenotaph.gateway.filter;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;

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

    /**
     * What a request's paths mean.
     *
     * @param forwarded the raw path that goes to the upstream
     * @param received the raw path as it came; what is ambiguous there is refused, although it was made clean since
     */
    PathReading read(String forwarded, String received) {
        PathReading reading = matcher.read(forwarded);
        if (!received.equals(forwarded) && matcher.read(received) instanceof PathReading.Ambiguous ambiguous) {
            return ambiguous;
        }
        return reading;
    }
}
