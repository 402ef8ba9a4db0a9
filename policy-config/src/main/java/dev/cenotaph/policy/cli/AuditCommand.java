package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.openapi.Audit;
import dev.cenotaph.policy.openapi.AuditFinding;
import dev.cenotaph.policy.openapi.OpenApiDocument;
import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit}: where an API and the policies in front of it do not fit. */
@Command(
        name = "audit",
        description =
                "Says which DELETEs of an API no policy governs, and which of its answers can show trashed items.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  cenotaph audit --openapi shop.yaml policies/",
            "  cenotaph audit --openapi shop.yaml --output sarif policies/"
        })
final class AuditCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OpenApiInput document = new OpenApiInput();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private PolicyArguments policies = new PolicyArguments();

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var input = policies.read(terminal);
        if (input.compiled().isEmpty()) {
            return output.printBroken(new PolicyReport(input), terminal);
        }
        var against = input.compiled().get().policies();
        return output.print(document.read(api -> report(api, Audit.of(api, against))), terminal);
    }

    private static Report report(OpenApiDocument api, List<AuditFinding> found) {
        var subjects = new LinkedHashMap<String, List<Finding>>();
        found.forEach(finding -> subjects.computeIfAbsent(operation(finding), its -> new ArrayList<>())
                .add(finding(finding)));
        return new Report(
                "audit",
                subjects.entrySet().stream()
                        .map(subject -> new Subject(api.file(), subject.getKey(), subject.getValue()))
                        .toList(),
                List.of(new PolicySource(api.file(), api.text())),
                rules(),
                summary(subjects.values().stream().flatMap(List::stream).toList()));
    }

    private static String operation(AuditFinding finding) {
        return finding.method().isEmpty() ? finding.path() : finding.method() + " " + finding.path();
    }

    private static Finding finding(AuditFinding finding) {
        return new Finding(
                severity(finding.code()),
                finding.code().text(),
                Optional.of(new Position(finding.file(), finding.line(), finding.column())),
                operation(finding) + ": " + finding.what(),
                finding.mend());
    }

    private static Severity severity(AuditFinding.Code code) {
        return code.mayBeMeant() ? Severity.WARNING : Severity.ERROR;
    }

    private static List<Rule> rules() {
        return Arrays.stream(AuditFinding.Code.values())
                .map(code -> new Rule(code.text(), severity(code), code.meaning()))
                .toList();
    }

    private static String summary(List<Finding> findings) {
        var parts = new ArrayList<String>();
        for (Severity severity : Severity.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            if (count > 0) {
                parts.add(Counted.of(count, severity.word()));
            }
        }
        return parts.isEmpty() ? "The policies and the API fit." : String.join(", ", parts) + ".";
    }
}
