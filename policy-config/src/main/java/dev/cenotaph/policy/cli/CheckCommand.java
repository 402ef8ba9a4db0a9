package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.yaml.PolicySource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code check}: everything that is wrong with policy files, at once. */
@Command(
        name = "check",
        description = "Says all that is wrong with policy files, where, and how to mend it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Examples:", "  cenotaph check policies/", "  cat shop.yaml | cenotaph check -"})
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Policy files, or directories of them; - is the standard input. Together they are one set.")
    private List<String> paths = List.of();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var input = PolicyInput.read(paths, terminal);
        var findings = input.problems().stream().map(Finding::of).toList();
        int exitCode = output.print(report(input, findings), terminal);
        return input.isUnreadable() ? ExitCode.UNUSABLE : exitCode;
    }

    private static Report report(PolicyInput input, List<Finding> findings) {
        var subjects = files(input).stream()
                .map(file -> new Subject("check", file, of(file, findings)))
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
