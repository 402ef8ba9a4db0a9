package dev.cenotaph.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy set could not be compiled. Carries every problem, in the order of the files. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<PolicyProblem> problems;

    public InvalidPolicyException(List<PolicyProblem> problems) {
        super(problems.stream().map(PolicyProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<PolicyProblem> problems() {
        return problems;
    }
}
