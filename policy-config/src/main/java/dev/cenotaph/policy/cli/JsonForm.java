package dev.cenotaph.policy.cli;

import static dev.cenotaph.policy.cli.JsonOutput.object;

import dev.cenotaph.policy.yaml.Position;
import java.util.Map;
import java.util.Optional;

/** For scripts: the findings, and how many there are of each severity. */
final class JsonForm implements ReportForm {

    @Override
    public String of(Report report) {
        return JsonOutput.pretty(object(
                "command",
                report.command(),
                "errors",
                report.count(Severity.ERROR),
                "warnings",
                report.count(Severity.WARNING),
                "subjects",
                report.subjects().stream().map(JsonForm::subject).toList()));
    }

    private static Map<String, Object> subject(Subject subject) {
        return object(
                "name",
                subject.name(),
                "findings",
                subject.findings().stream().map(JsonForm::finding).toList());
    }

    private static Map<String, Object> finding(Finding finding) {
        return object(
                "severity",
                finding.severity().word(),
                "code",
                finding.code(),
                "file",
                finding.at().map(Position::file),
                "line",
                finding.at().map(Position::line),
                "column",
                finding.at().map(Position::column),
                "what",
                finding.what(),
                "mend",
                Optional.of(finding.mend()).filter(mend -> !mend.isEmpty()));
    }
}
