package dev.cenotaph.policy.cli;

import static dev.cenotaph.policy.cli.JsonOutput.object;

import dev.cenotaph.policy.yaml.Position;
import java.util.List;
import java.util.Map;

/** SARIF 2.1.0 (OASIS), which code scanning reads. */
final class SarifForm implements ReportForm {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    @Override
    public String of(Report report) {
        return JsonOutput.pretty(object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run(report))));
    }

    private static Map<String, Object> run(Report report) {
        var driver = object(
                "name",
                "cenotaph",
                "version",
                Version.number(),
                "rules",
                report.rules().stream().map(SarifForm::rule).toList());
        return object(
                "tool",
                object("driver", driver),
                // SARIF 2.1.0 §3.14.17: a column counts code points, as ours do.
                "columnKind",
                "unicodeCodePoints",
                "results",
                report.findings().map(finding -> result(finding, report)).toList());
    }

    private static Map<String, Object> rule(Rule rule) {
        return object(
                "id",
                rule.code(),
                "shortDescription",
                object("text", rule.meaning()),
                "defaultConfiguration",
                object("level", level(rule.severity())));
    }

    private static Map<String, Object> result(Finding finding, Report report) {
        var codes = report.rules().stream().map(Rule::code).toList();
        var result = object(
                "ruleId",
                finding.code(),
                "level",
                level(finding.severity()),
                "message",
                object("text", finding.message()),
                "locations",
                finding.at().map(at -> List.of(location(at, report))));
        int rule = codes.indexOf(finding.code());
        if (rule >= 0) {
            result.put("ruleIndex", rule);
        }
        return result;
    }

    private static Map<String, Object> location(Position at, Report report) {
        int length = Excerpt.of(at, report.sources()).map(Excerpt::length).orElse(1);
        var region = object("startLine", at.line(), "startColumn", at.column(), "endColumn", at.column() + length);
        var artifact = ArtifactUri.of(at.file())
                .map(uri -> object("uri", uri))
                // §3.4: what has no name is described.
                .orElseGet(() -> object("description", object("text", at.file())));
        return object("physicalLocation", object("artifactLocation", artifact, "region", region));
    }

    private static String level(Severity severity) {
        return severity.word();
    }
}
