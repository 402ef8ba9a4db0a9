package dev.cenotaph.policy.match;

import java.util.List;
import java.util.Optional;

/**
 * What the answers of a path hold of other resources.
 *
 * @param items all rules that the path meets
 * @param ambiguous why the path is refused, where some upstream may read it as one that meets other rules
 */
public record EmbeddedReading(List<EmbeddedMatch> items, Optional<PathReading.Ambiguous> ambiguous) {
    static final EmbeddedReading NONE = new EmbeddedReading(List.of(), Optional.empty());

    public EmbeddedReading {
        items = List.copyOf(items);
    }

    static EmbeddedReading refused(PathReading.Ambiguous ambiguous) {
        return new EmbeddedReading(List.of(), Optional.of(ambiguous));
    }
}
