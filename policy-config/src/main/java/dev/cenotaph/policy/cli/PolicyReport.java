package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.advice.Advisor;
import dev.cenotaph.policy.yaml.PolicySource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code check} says of policies, and every other command where they are broken. */
final class PolicyReport {
    private final PolicyInput input;
    private final List<Finding> findings;

    PolicyReport(PolicyInput input) {
        this.input = input;
        this.findings = findings(input);
    }

    Report report() {
        var subjects = files().stream()
                .map(file -> new Subject("policies", file, of(file)))
                .toList();
        return new Report("check", subjects, input.sources(), Rules.ofPolicies(), summary());
    }

    /** Prints it and gives the exit code of a command that cannot go on. */
    int print(OutputForm form, Terminal terminal) {
        terminal.out().print(form.form(terminal.ink(), false).of(report()));
        terminal.out().flush();
        return exitCode();
    }

    int exitCode() {
        return input.isUnreadable() ? ExitCode.UNUSABLE : ExitCode.FINDINGS;
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

    private Set<String> files() {
        var files = new LinkedHashSet<String>();
        input.sources().stream().map(PolicySource::file).forEach(files::add);
        input.problems().stream().map(PolicyProblem::file).forEach(files::add);
        return files;
    }

    private List<Finding> of(String file) {
        return findings.stream()
                .filter(finding ->
                        finding.at().filter(at -> at.file().equals(file)).isPresent())
                .toList();
    }

    private String summary() {
        var parts = new ArrayList<String>();
        parts.add(Counted.of(files().size(), "file"));
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
