package dev.cenotaph.policy.match;

import dev.cenotaph.policy.match.Meaning.Kind;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import java.util.List;

/**
 * Where a reading of a path arrives.
 *
 * @param ids the decoded ids that the meaning's kind needs
 * @param variables the raw text of every variable of the path, from left to right
 * @param above the governed items that the path runs through
 */
record Landing(Meaning meaning, List<String> ids, List<String> variables, List<Above> above) {

    Kind kind() {
        return meaning.kind();
    }

    String resource() {
        return meaning.policy().name();
    }

    ItemKey key() {
        return meaning.key(ids);
    }

    Landing below(List<Above> items) {
        return new Landing(meaning, ids, variables, items);
    }

    /** Whether it is the same thing of the same resource below the same items, however spelt. */
    boolean agreesWith(Landing other) {
        return resource().equals(other.resource())
                && kind() == other.kind()
                && meaning.view().equals(other.meaning.view())
                && ids.equals(other.ids)
                && keysAbove().equals(other.keysAbove());
    }

    private List<ItemKey> keysAbove() {
        return above.stream().map(Above::key).toList();
    }
}
