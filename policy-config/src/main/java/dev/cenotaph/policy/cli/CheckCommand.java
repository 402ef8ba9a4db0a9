package dev.cenotaph.policy.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: everything that is wrong with policy files, at once. */
@Command(
        name = "check",
        description = "Says all that is wrong with policy files or dangerous, where, and how to mend it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "A warning is silenced by a comment on its line or the line above:",
            "  # cenotaph: allow not-verified",
            "",
            "Examples:",
            "  cenotaph check policies/",
            "  cenotaph check --strict --output github policies/",
            "  cat shop.yaml | cenotaph check -",
            "  cenotaph check --explain template-collision"
        })
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    /** Paths to check, or a code to explain. */
    private static final class Asked {
        @Parameters(
                arity = "1..*",
                paramLabel = "PATH",
                description =
                        "Policy files, or directories of them; - is the standard input. Together they are one set.")
        private List<String> paths = List.of();

        @Option(names = "--explain", paramLabel = "CODE", description = "Says what the code of a finding means.")
        private @Nullable String code;
    }

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return asked.code == null ? check() : explain(asked.code);
    }

    private int check() {
        var input = PolicyInput.read(asked.paths, terminal);
        int exitCode = output.print(new PolicyReport(input).report(), terminal);
        return input.isUnreadable() ? ExitCode.UNUSABLE : exitCode;
    }

    private int explain(String code) {
        Optional<Rule> known = Rules.ofPolicies().stream()
                .filter(rule -> rule.code().equals(code))
                .findFirst();
        Rule rule = known.orElseThrow(() -> new UnusableInputException("no finding has the code `" + code + "`"));
        terminal.out().println(rule.severity().word() + "[" + rule.code() + "]: " + rule.meaning());
        return ExitCode.FINE;
    }
}
