package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.advice.AdviceCode;
import dev.cenotaph.policy.yaml.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The codes that findings about policies can have. */
final class Rules {
    private Rules() {}

    static List<Rule> ofPolicies() {
        return Stream.concat(problems(), warnings()).toList();
    }

    private static Stream<Rule> problems() {
        return Arrays.stream(ProblemCode.values()).map(code -> new Rule(code.text(), Severity.ERROR, code.meaning()));
    }

    private static Stream<Rule> warnings() {
        return Arrays.stream(AdviceCode.values()).map(code -> new Rule(code.text(), Severity.WARNING, code.meaning()));
    }
}
