package dev.cenotaph.policy.change;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.Optional;

/** Which paths a policy set governs. */
final class Reach {
    private final PolicyMatcher matcher;

    Reach(PolicyMatcher matcher) {
        this.matcher = matcher;
    }

    /** Whether the paths of a template name items of some resource. */
    boolean isItem(PathTemplate template) {
        return matcher.read(template.expand(variable -> "1")) instanceof PathReading.Governed governed
                && governed.match().target() instanceof Target.Item;
    }

    /** The resource that governs the paths of a template; empty where none does. */
    Optional<String> governs(PathTemplate template) {
        // What the variables hold does not matter here.
        return switch (matcher.read(template.expand(variable -> "1"))) {
            case PathReading.Governed governed ->
                Optional.of(governed.match().policy().name());
            case PathReading.Ambiguous ambiguous -> Optional.of(ambiguous.resource());
            case PathReading.Ungoverned ungoverned -> Optional.empty();
        };
    }
}
