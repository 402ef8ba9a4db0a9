package dev.cenotaph.policy.match;

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
}
