package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a broken policy set as what it is: a list of problems, not a stack trace. */
public final class PolicyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPolicyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPolicyException cause) {
        String problems = cause.problems().stream().map(PolicyProblem::toString).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "The policies have " + count(cause.problems().size())
                        + ", so the gateway does not start: it would let hard deletes through.\n\n" + problems,
                "Mend the files, or point cenotaph.policies at others.",
                cause);
    }

    private static String count(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }
}
