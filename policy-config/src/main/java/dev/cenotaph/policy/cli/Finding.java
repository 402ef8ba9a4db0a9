package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.advice.Advice;
import dev.cenotaph.policy.yaml.Position;
import java.util.Optional;

/**
 * One thing that a command found.
 *
 * @param code stable, kebab-case; one of the command's {@link Rule}s
 * @param at where it stands, if it stands in a file
 * @param what a sentence, or several lines where the first says it and the rest shows it
 * @param mend what to do about it; empty where there is nothing to do
 */
record Finding(Severity severity, String code, Optional<Position> at, String what, String mend) {

    static Finding of(PolicyProblem problem) {
        var at = new Position(problem.file(), problem.line(), problem.column());
        return new Finding(Severity.ERROR, problem.code(), Optional.of(at), problem.what(), problem.mend());
    }

    static Finding of(Advice advice) {
        return new Finding(
                Severity.WARNING, advice.code().text(), Optional.of(advice.at()), advice.what(), advice.mend());
    }

    /** What it says and how to mend it. */
    String message() {
        return mend.isEmpty() ? what : what + " " + mend;
    }
}
