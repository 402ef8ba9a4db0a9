package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.advice.Advisor;
import dev.cenotaph.policy.yaml.PolicySource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        var findings = findings(input);
        int exitCode = output.print(report(input, findings), terminal);
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

    private static List<Finding> findings(PolicyInput input) {
        var warnings = input.compiled()
                .map(compiled -> Advisor.advise(compiled, input.sources()))
                .orElse(List.of());
        return Stream.concat(
                        input.problems().stream().map(Finding::of),
                        warnings.stream().map(Finding::of))
                .toList();
    }

    private static Report report(PolicyInput input, List<Finding> findings) {
        var subjects = files(input).stream()
                .map(file -> new Subject("policies", file, of(file, findings)))
                .toList();
        return new Report("check", subjects, input.sources(), Rules.ofPolicies(), summary(input, findings));
    }

    private static Set<String> files(PolicyInput input) {
        var files = new LinkedHashSet<String>();
        input.sources().stream().map(PolicySource::file).forEach(files::add);
        input.problems().stream().map(PolicyProblem::file).forEach(files::add);
        return files;
    }

    private static List<Finding> of(String file, List<Finding> findings) {
        return findings.stream()
                .filter(finding ->
                        finding.at().filter(at -> at.file().equals(file)).isPresent())
                .toList();
    }

    private static String summary(PolicyInput input, List<Finding> findings) {
        var parts = new ArrayList<String>();
        parts.add(Counted.of(files(input).size(), "file"));
        input.compiled()
                .ifPresent(it -> parts.add(Counted.of(it.policies().resources().size(), "resource")));
        for (Severity severity : Severity.values()) {
            long count =
                    findings.stream().filter(it -> it.severity() == severity).count();
            if (count > 0) {
                parts.add(Counted.of(count, severity.word()));
            }
        }
        return String.join(", ", parts) + (findings.isEmpty() ? ": all is well." : ".");
    }
}
