package dev.cenotaph.policy.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JUnit's XML, which build servers read: a suite for each group, a case for each subject. */
final class JunitForm implements ReportForm {
    private final boolean strict;

    /** @param strict whether a warning is a failure */
    JunitForm(boolean strict) {
        this.strict = strict;
    }

    @Override
    public String of(Report report) {
        Map<String, List<Subject>> groups = report.subjects().stream()
                .collect(Collectors.groupingBy(Subject::group, LinkedHashMap::new, Collectors.toList()));
        String suites = groups.entrySet().stream()
                .map(group -> suite(group.getKey(), group.getValue()))
                .collect(Collectors.joining());
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cenotaph " + report.command() + "\""
                + counts(report.subjects()) + ">\n" + suites + "</testsuites>\n";
    }

    private String suite(String name, List<Subject> subjects) {
        String cases = subjects.stream().map(this::testCase).collect(Collectors.joining());
        return "  <testsuite name=\"" + escaped(name) + "\"" + counts(subjects) + ">\n" + cases + "  </testsuite>\n";
    }

    private boolean failed(Subject subject) {
        return subject.findings().stream().anyMatch(this::fails);
    }

    private boolean fails(Finding finding) {
        return finding.severity() == Severity.ERROR || (strict && finding.severity() == Severity.WARNING);
    }

    private String counts(List<Subject> subjects) {
        long failures = subjects.stream().filter(this::failed).count();
        return " tests=\"" + subjects.size() + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"0\"";
    }

    private String testCase(Subject subject) {
        String start =
                "    <testcase classname=\"" + escaped(subject.group()) + "\" name=\"" + escaped(subject.name()) + "\"";
        String failure = failed(subject) ? failure(subject) : "";
        String rest = lines(subject, false);
        String output = rest.isEmpty() ? "" : "      <system-out>" + escaped(rest) + "</system-out>\n";
        return failure.isEmpty() && output.isEmpty()
                ? start + "/>\n"
                : start + ">\n" + failure + output + "    </testcase>\n";
    }

    private String failure(Subject subject) {
        Finding first =
                subject.findings().stream().filter(this::fails).findFirst().orElseThrow();
        String message = first.what().lines().findFirst().orElse("");
        return "      <failure type=\"" + escaped(first.code()) + "\" message=\"" + escaped(message) + "\">"
                + escaped(lines(subject, true)) + "</failure>\n";
    }

    private String lines(Subject subject, boolean errors) {
        return subject.findings().stream()
                .filter(finding -> fails(finding) == errors)
                .map(JunitForm::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Finding finding) {
        String place = finding.at().map(at -> at + ": ").orElse("");
        return place + finding.severity().word() + "[" + finding.code() + "]: " + finding.message();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    /** What XML 1.0 §2.2 lets stand in a document. */
    private static boolean isAllowed(int point) {
        return point == '\n'
                || point == '\t'
                || (point >= ' '
                        && point != 0xFFFE
                        && point != 0xFFFF
                        && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }
}
