package dev.cenotaph.policy.operation;

import dev.cenotaph.policy.paging.PageFilling.Extent;
import dev.cenotaph.policy.paging.Resumption;
import java.util.Optional;

/**
 * How a client came to a page of a list.
 *
 * @param extent whether the page is filled
 * @param resumption what a link of ours said
 * @param countsAll whether the upstream's totals are those of the whole collection: nothing in the query filters
 * @param countsNoTrash whether the upstream was asked to leave trash out
 */
public record PageTurn(Extent extent, Optional<Resumption> resumption, boolean countsAll, boolean countsNoTrash) {
    /** Of another list than the collection itself. */
    public static final PageTurn ELSEWHERE = new PageTurn(Extent.NONE, Optional.empty(), false, false);
}
