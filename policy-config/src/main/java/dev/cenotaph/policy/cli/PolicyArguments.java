package dev.cenotaph.policy.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The policies that a command holds an API against. */
final class PolicyArguments {
    @Parameters(
            arity = "1..*",
            paramLabel = "POLICY",
            description = "Policy files, or directories of them; - is the standard input.")
    private List<String> paths = List.of();

    PolicyInput read(Terminal terminal) {
        return PolicyInput.read(paths, terminal);
    }
}
