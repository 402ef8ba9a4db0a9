package dev.cenotaph.policy.match;

import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.List;
import java.util.Optional;

/**
 * An answer's path holds items of a resource.
 *
 * @param policy of those items
 * @param parents the ids of their parents, outermost first; empty where the path does not tell
 */
public record EmbeddedMatch(ResourcePolicy policy, Embedded rule, Optional<List<String>> parents) {

    /** The key of an item with this id; empty where an id alone does not name one. */
    public Optional<ItemKey> key(String id) {
        return parents.map(known -> new ItemKey(policy.name(), known, id));
    }
}
