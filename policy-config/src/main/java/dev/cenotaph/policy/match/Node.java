package dev.cenotaph.policy.match;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the trie of all templates.
 *
 * @param literals the children that a segment reaches by its text
 * @param variables the children that a segment reaches by its suffix, the longest first
 * @param exact what the path means that ends here
 * @param within the item that every longer path is below of
 * @param region what this path and every longer one mean, where nothing else does
 * @param upstream of all resources from here on, or of all that lie right here, if it is one
 */
record Node(
        LiteralChildren literals,
        List<VariableChild> variables,
        @Nullable Meaning exact,
        @Nullable Meaning within,
        @Nullable Meaning region,
        @Nullable URI upstream) {

    /** Reached by any segment that ends in the suffix and has something before it. */
    record VariableChild(String suffix, Node node) {}

    Node {
        variables = List.copyOf(variables);
    }
}
