package dev.cenotaph.policy.change;

import java.util.List;

/**
 * One difference in behaviour.
 *
 * @param resource whose; of the old set where the new one has it no more
 * @param key the keys that lead to what changed, outermost first; empty for the resource as a whole
 * @param consequence what that means, one sentence
 */
public record Change(Kind kind, String resource, List<String> key, String consequence) {

    /** What becomes of the items and of the trash. */
    public enum Kind {
        UNPROTECTED("Hard deletes pass that did not."),
        ORPHANED("The trash that there is cannot be told from live items any more, or not be restored."),
        RISKIER("More is deleted for good, or shown, or believed, than before."),
        SAFER("Less is deleted for good, or shown, or believed, than before."),
        OTHERWISE("Clients or the upstream see something else than before.");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** In a sentence. */
        public String meaning() {
            return meaning;
        }
    }

    public Change {
        key = List.copyOf(key);
    }
}
