package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.result.Results;
import java.util.List;
import java.util.stream.Collectors;

/** The report as a page that needs nothing else: no script, no font, no file beside it. */
final class HtmlReport {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #1f2933; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.8rem; margin-bottom: .3rem } h2 { font-size: 1.25rem; margin: 2.4rem 0 .3rem }
            p { color: #52606d; margin: .2rem 0 .8rem }
            table { border-collapse: collapse; font-size: 13px; width: 100% }
            th { text-align: left; border-bottom: 2px solid #cbd2d9; padding: .3rem .5rem }
            td { border-bottom: 1px solid #e4e7eb; padding: .25rem .5rem; vertical-align: top }
            .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
            .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(30rem, 1fr)); gap: 1rem }
            svg { width: 100%; height: auto; background: #f8fafb; border: 1px solid #e4e7eb; border-radius: 6px }
            svg text { font: 12px system-ui, sans-serif; fill: #1f2933 }
            svg .title { font-weight: 600; font-size: 14px } svg .small { font-size: 11px; fill: #616e7c }
            """;

    private HtmlReport() {}

    static String of(Results results) {
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Cenotaph: how fast</title><style>
                %s</style></head>
                <body>
                <h1>How fast</h1>
                <p>%s</p>
                %s
                </body>
                </html>
                """.formatted(STYLE, Markup.text(Conditions.of(results.machine())), sections(results));
    }

    private static String sections(Results results) {
        List<Table> tables = Tables.of(results);
        String goals = table(tables.getFirst());
        String charts = charts("Throughput", "Answers a second; more is better.", RateChart.all(results.saturation()))
                + charts(
                        "Latency at half the load",
                        "From p50 to p99.9, on a scale where each step is ten times the one before.",
                        LatencyChart.all(results.paced().samples()))
                + charts(
                        "Latency under full load",
                        "The same for a target that gets all the load that it can take.",
                        LatencyChart.all(results.saturation()));
        return goals + charts + tables.stream().skip(1).map(HtmlReport::table).collect(Collectors.joining());
    }

    private static String charts(String title, String remark, List<String> charts) {
        return charts.isEmpty()
                ? ""
                : "<h2>" + title + "</h2>\n<p>" + remark + "</p>\n<div class=\"charts\">\n" + String.join("\n", charts)
                        + "\n</div>\n";
    }

    private static String table(Table table) {
        var html = new StringBuilder("<h2>%s</h2>\n<p>%s</p>\n<table>\n<tr>"
                .formatted(Markup.text(table.title()), Markup.text(table.remark())));
        for (int column = 0; column < table.header().size(); column++) {
            html.append(cell(table, column, "th", table.name(column)));
        }
        for (List<String> row : table.rows()) {
            html.append("</tr>\n<tr>");
            for (int column = 0; column < row.size(); column++) {
                html.append(cell(table, column, "td", row.get(column)));
            }
        }
        return html.append("</tr>\n</table>\n").toString();
    }

    private static String cell(Table table, int column, String element, String text) {
        String kind = table.isOfFigures(column) ? " class=\"figure\"" : "";
        return "<" + element + kind + ">" + Markup.text(text) + "</" + element + ">";
    }
}
