package dev.cenotaph.gateway.filter;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each kind of hostile request got, as a Markdown table. */
final class HostileTally {
    private static final String HEAD = """
            | kind | requests | would have deleted | 400 | 405 | 415 | trashed | passed | other | deleted |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final class Line {
        private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        private int requests;
        private int dangerous;
        private int deleted;

        void count(Outcome outcome, boolean wouldDelete, boolean deletes) {
            requests++;
            dangerous += wouldDelete ? 1 : 0;
            deleted += deletes ? 1 : 0;
            outcomes.merge(outcome, 1, Integer::sum);
        }

        String markdown(String kind) {
            List<String> cells = new ArrayList<>(List.of(kind, "" + requests, "" + dangerous));
            for (Outcome outcome : Outcome.values()) {
                cells.add("" + outcomes.getOrDefault(outcome, 0));
            }
            cells.add("" + deleted);
            return "| " + String.join(" | ", cells) + " |\n";
        }
    }

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Line all = new Line();

    /**
     * Counts a request.
     *
     * @param wouldDelete whether it would have deleted without the gateway
     * @param deletes whether it deleted all the same
     */
    void count(HostileRequest row, Outcome outcome, boolean wouldDelete, boolean deletes) {
        lines.computeIfAbsent(row.kind(), kind -> new Line()).count(outcome, wouldDelete, deletes);
        all.count(outcome, wouldDelete, deletes);
    }

    String markdown() {
        var table = new StringBuilder(HEAD);
        lines.forEach((kind, line) -> table.append(line.markdown(kind)));
        return table.append(all.markdown("**all**")).toString();
    }
}
