package dev.cenotaph.load.speed.gatling;

import dev.cenotaph.load.speed.result.GatlingFigures;
import dev.cenotaph.load.speed.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures in a report of Gatling's, which are nowhere but in its page. */
final class GatlingStatistics {
    private static final Pattern ROW =
            Pattern.compile("class=\"ellipsed-name\">([a-z0-9-]+) ([a-z]+)</span>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<td class=\"value [a-z]+ col-\\d+\">([\\d.]+|-)</td>");
    private static final int TOTAL = 0;
    private static final int ERRORS = 2;
    private static final int FIRST_PERCENTILE = 6;
    private static final int CELLS = 13;

    private GatlingStatistics() {}

    /**
     * One for each request that is named after a scenario and a target.
     *
     * @param page the report's first
     * @throws IllegalStateException if nothing can be found in it
     */
    static List<GatlingFigures> read(String page) {
        var figures = new ArrayList<GatlingFigures>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            figures.add(figures(rows.group(1), rows.group(2), cells(rows.group(3))));
        }
        if (figures.isEmpty()) {
            throw new IllegalStateException("Gatling's report shows no scenario");
        }
        return figures;
    }

    private static List<Double> cells(String row) {
        List<Double> cells = CELL.matcher(row)
                .results()
                .map(cell -> cell.group(1).equals("-") ? 0 : Double.parseDouble(cell.group(1)))
                .toList();
        if (cells.size() != CELLS) {
            throw new IllegalStateException("Gatling's report looks different: " + row);
        }
        return cells;
    }

    private static GatlingFigures figures(String scenario, String target, List<Double> cells) {
        return new GatlingFigures(
                scenario,
                target,
                GatewaySimulation.rate(Scenario.of(scenario)),
                cells.get(TOTAL).longValue(),
                cells.get(ERRORS).longValue(),
                cells.get(FIRST_PERCENTILE),
                cells.get(FIRST_PERCENTILE + 1),
                cells.get(FIRST_PERCENTILE + 2),
                cells.get(FIRST_PERCENTILE + 3));
    }
}
