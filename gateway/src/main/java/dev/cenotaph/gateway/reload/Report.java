package dev.cenotaph.gateway.reload;

import dev.cenotaph.policy.PolicyProblem;
import java.time.Instant;
import java.util.List;

/**
 * What came of a look at the policy files.
 *
 * @param version of the files that were seen; empty where they could not be read
 * @param problems why they are not in force
 */
public record Report(Instant time, Outcome outcome, String version, List<PolicyProblem> problems) {
    public Report {
        problems = List.copyOf(problems);
    }

    /** What becomes of the files that were seen. */
    public enum Outcome {
        /** They are in force from now on. */
        TAKEN,
        /** They are in force already. */
        UNCHANGED,
        /** They do not compile. */
        BROKEN,
        /** They would give up what is trashed, or a resource that they do not release. */
        REFUSED,
        /** They did not stay the same for long enough to be read. */
        UNSETTLED;

        /** Whether what lies in the files is what is in force. */
        public boolean isGood() {
            return this == TAKEN || this == UNCHANGED;
        }
    }
}
