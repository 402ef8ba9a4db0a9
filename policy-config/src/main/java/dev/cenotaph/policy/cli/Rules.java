package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.yaml.ProblemCode;
import java.util.Arrays;
import java.util.List;

/** The codes that findings can have. */
final class Rules {
    private Rules() {}

    static List<Rule> ofPolicies() {
        return Arrays.stream(ProblemCode.values())
                .map(code -> new Rule(code.text(), Severity.ERROR, code.meaning()))
                .toList();
    }
}
