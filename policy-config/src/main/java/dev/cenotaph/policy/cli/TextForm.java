package dev.cenotaph.policy.cli;

import java.util.stream.Collectors;

/** For people: each finding with its place, its line, and how to mend it. */
final class TextForm implements ReportForm {
    private final Ink ink;

    TextForm(Ink ink) {
        this.ink = ink;
    }

    @Override
    public String of(Report report) {
        String findings =
                report.findings().map(finding -> text(finding, report) + "\n").collect(Collectors.joining());
        return findings + summary(report) + "\n";
    }

    private String text(Finding finding, Report report) {
        var text = new StringBuilder();
        finding.at().ifPresent(at -> text.append(ink.strong(at.toString())).append(": "));
        text.append(label(finding)).append(' ').append(first(finding)).append('\n');
        finding.at()
                .flatMap(at -> Excerpt.of(at, report.sources()))
                .ifPresent(excerpt -> text.append(excerpt.text(ink)));
        finding.what()
                .lines()
                .skip(1)
                .forEach(line -> text.append("  ").append(line(line)).append('\n'));
        if (!finding.mend().isEmpty()) {
            text.append("  ")
                    .append(ink.good("mend:"))
                    .append(' ')
                    .append(finding.mend())
                    .append('\n');
        }
        return text.toString();
    }

    private static String first(Finding finding) {
        return finding.what().lines().findFirst().orElse("");
    }

    /** A line of a diff has its colour. */
    private String line(String line) {
        if (line.startsWith("-")) {
            return ink.bad(line);
        }
        return line.startsWith("+") ? ink.good(line) : line;
    }

    private String label(Finding finding) {
        String label = finding.severity().word() + "[" + finding.code() + "]:";
        return switch (finding.severity()) {
            case ERROR -> ink.bad(label);
            case WARNING -> ink.warning(label);
            case NOTE -> ink.strong(label);
        };
    }

    private String summary(Report report) {
        return switch (worst(report)) {
            case ERROR -> ink.bad(report.summary());
            case WARNING -> ink.warning(report.summary());
            case NOTE -> ink.good(report.summary());
        };
    }

    private static Severity worst(Report report) {
        return report.findings().map(Finding::severity).min(Severity::compareTo).orElse(Severity.NOTE);
    }
}
