package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.yaml.Position;
import java.util.stream.Collectors;

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
final class GithubForm implements ReportForm {

    @Override
    public String of(Report report) {
        return report.findings().map(GithubForm::command).collect(Collectors.joining()) + report.summary() + "\n";
    }

    private static String command(Finding finding) {
        String level = switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "notice";
        };
        String place = finding.at().map(GithubForm::place).orElse("");
        return "::" + level + " " + place + "title=" + property(finding.code()) + "::" + data(finding.message()) + "\n";
    }

    private static String place(Position at) {
        return "file=" + property(at.file()) + ",line=" + at.line() + ",col=" + at.column() + ",";
    }

    // As @actions/core escapes them: a percent sign and line breaks in both, colons and commas in properties.
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
