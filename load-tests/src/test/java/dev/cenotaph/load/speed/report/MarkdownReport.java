package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Results;
import java.util.stream.Collectors;

/** The report as Markdown. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String of(Results results) {
        return "# How fast\n\n" + Conditions.of(results.machine()) + "\n\n"
                + Tables.of(results).stream().map(Table::markdown).collect(Collectors.joining("\n"));
    }
}
