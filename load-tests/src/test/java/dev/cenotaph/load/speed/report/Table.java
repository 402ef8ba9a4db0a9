package dev.cenotaph.load.speed.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table, whatever it is written in.
 *
 * @param header of each column; one that begins with {@code >} is of a column of figures
 */
record Table(String title, String remark, List<String> header, List<List<String>> rows) {
    private static final String FIGURES = ">";

    Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    String name(int column) {
        String name = header.get(column);
        return isOfFigures(column) ? name.substring(FIGURES.length()) : name;
    }

    boolean isOfFigures(int column) {
        return header.get(column).startsWith(FIGURES);
    }

    String markdown() {
        var lines = new ArrayList<String>();
        lines.add("## " + title + "\n");
        lines.add(remark + "\n");
        var names = new ArrayList<String>();
        var rules = new ArrayList<String>();
        for (int column = 0; column < header.size(); column++) {
            names.add(name(column));
            rules.add(isOfFigures(column) ? "--:" : "---");
        }
        lines.add("| " + String.join(" | ", names) + " |");
        lines.add("|" + String.join("|", rules) + "|");
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        return String.join("\n", lines) + "\n";
    }
}
