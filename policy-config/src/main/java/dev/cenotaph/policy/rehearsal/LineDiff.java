package dev.cenotaph.policy.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** A unified diff of lines, by their longest common subsequence. */
final class LineDiff {
    private LineDiff() {}

    /** All lines of both, each behind a space, a minus (in the first only) or a plus (in the second only). */
    static List<String> between(List<String> first, List<String> second) {
        int[][] common = common(first, second);
        var diff = new ArrayList<String>();
        diff.add("--- expected");
        diff.add("+++ came of it");
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            if (i < first.size() && j < second.size() && first.get(i).equals(second.get(j))) {
                diff.add(" " + first.get(i++));
                j++;
            } else if (j == second.size() || (i < first.size() && common[i + 1][j] >= common[i][j + 1])) {
                diff.add("-" + first.get(i++));
            } else {
                diff.add("+" + second.get(j++));
            }
        }
        return diff;
    }

    /** How many lines the rests from here have in common. */
    private static int[][] common(List<String> first, List<String> second) {
        int[][] common = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                common[i][j] = first.get(i).equals(second.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
