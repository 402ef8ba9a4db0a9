package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PolicyProblem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far. A problem of a file's defaults is found once for each resource and kept once. */
final class Problems {
    private final Set<PolicyProblem> found = new LinkedHashSet<>();

    void add(Position at, ProblemCode code, String what, String mend) {
        found.add(new PolicyProblem(at.file(), at.line(), at.column(), code.text(), what, mend));
    }

    void add(Position at, ProblemCode code, Complaint complaint) {
        add(at, code, complaint.what(), complaint.mend());
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** By file, in the order given, then by line and column. */
    List<PolicyProblem> inOrderOf(List<String> files) {
        return found.stream()
                .sorted(Comparator.comparingInt((PolicyProblem problem) -> files.indexOf(problem.file()))
                        .thenComparingInt(PolicyProblem::line)
                        .thenComparingInt(PolicyProblem::column))
                .toList();
    }
}
