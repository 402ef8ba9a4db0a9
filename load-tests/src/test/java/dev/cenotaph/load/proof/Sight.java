package dev.cenotaph.load.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is seen of an item after a restart: at the upstream, and through the gateway.
 *
 * @param truth how it lies at the upstream
 * @param status what a GET answered
 * @param listed whether the list shows it
 * @param inTrash whether the trash shows it
 */
record Sight(Condition truth, int status, boolean listed, boolean inTrash) {

    /** What a GET of such an item answers. */
    static int status(Condition condition) {
        return switch (condition) {
            case LIVE -> 200;
            case TRASHED -> 410;
            case ABSENT -> 404;
        };
    }

    /** What is wrong with it. */
    List<Findings.Kind> problems(Set<Condition> possible) {
        var problems = new ArrayList<Findings.Kind>();
        if (!possible.contains(truth)) {
            problems.add(Findings.Kind.ACKNOWLEDGED_LOST);
        }
        if (truth == Condition.TRASHED && (status < 300 || listed)) {
            problems.add(Findings.Kind.TRASHED_VISIBLE);
        }
        if (truth == Condition.LIVE && (status == 410 || !listed)) {
            problems.add(Findings.Kind.LIVE_HIDDEN);
        }
        boolean agrees = status == status(truth)
                && listed == (truth == Condition.LIVE)
                && inTrash == (truth == Condition.TRASHED);
        if (!agrees && problems.isEmpty()) {
            problems.add(Findings.Kind.DISAGREES);
        }
        return problems;
    }
}
