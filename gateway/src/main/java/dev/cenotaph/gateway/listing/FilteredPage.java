package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.paging.SeenPage;
import java.util.List;

/**
 * A whole page, and what is left of it.
 *
 * @param bytes without the rows that are not shown
 * @param rows all of them
 * @param visible how many of them may be seen, were they not on an earlier page already
 * @param skipped how many of them were
 */
record FilteredPage(byte[] bytes, List<SeenPage.Row> rows, int visible, int skipped) {

    int trashed() {
        return rows.size() - visible;
    }

    boolean isWhole() {
        return rows.stream().allMatch(SeenPage.Row::shown);
    }
}
