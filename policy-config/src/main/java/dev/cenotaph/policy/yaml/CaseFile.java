package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.rehearsal.Case;
import java.util.List;

/**
 * What was read of one case file.
 *
 * @param problems whatever is wrong with it; the cases that are sound are there all the same
 */
public record CaseFile(PolicySource source, List<Placed> cases, List<PolicyProblem> problems) {
    public CaseFile {
        cases = List.copyOf(cases);
        problems = List.copyOf(problems);
    }

    /** A case and where it starts. */
    public record Placed(Position at, Case rehearsed) {}
}
