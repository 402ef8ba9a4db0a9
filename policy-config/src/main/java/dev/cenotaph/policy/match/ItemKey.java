package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.List;

/**
 * Names one item in all of the gateway.
 *
 * @param resource the policy's name
 * @param parents the decoded values of the item template's variables before the last, outermost first
 * @param id the decoded value of the last variable
 */
public record ItemKey(String resource, List<String> parents, String id) {
    public ItemKey {
        parents = List.copyOf(parents);
    }

    /** The raw path that a template with the variables of the item's own gives for this item. */
    public String path(ResourcePolicy policy, PathTemplate template) {
        List<String> variables = policy.item().variables();
        return template.expand(name -> {
            int position = variables.indexOf(name);
            return position == parents.size() ? id : parents.get(position);
        });
    }
}
