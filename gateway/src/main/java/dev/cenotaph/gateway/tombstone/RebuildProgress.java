package dev.cenotaph.gateway.tombstone;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the rebuild of a collection's index has come.
 *
 * @param parents the parents' ids
 * @param nextPage the URL of the page that is read next; empty when there is none
 * @param seen what the pages showed so far
 * @param failure why it failed, in words for the operator
 */
public record RebuildProgress(
        String resource,
        List<String> parents,
        State state,
        Optional<String> nextPage,
        Seen seen,
        Optional<String> failure,
        Instant startTime,
        Instant changeTime,
        String requestId) {
    public RebuildProgress {
        parents = List.copyOf(parents);
    }

    /** Where a rebuild stands. */
    public enum State {
        RUNNING,
        /** It came to the end of the list. */
        DONE,
        /** It stands before the page that it could not read. */
        FAILED,
        /** Somebody stopped it. */
        STOPPED
    }

    /**
     * What pages showed.
     *
     * @param trashed items seen trashed
     * @param live items seen live
     * @param unreadable rows that did not tell which item they are, or what state it is in
     * @param learned of those seen, how many the index did not know so
     */
    public record Seen(long pages, long trashed, long live, long unreadable, long learned) {
        public static final Seen NOTHING = new Seen(0, 0, 0, 0, 0);

        public Seen plus(Seen more) {
            return new Seen(
                    pages + more.pages,
                    trashed + more.trashed,
                    live + more.live,
                    unreadable + more.unreadable,
                    learned + more.learned);
        }
    }

    /** One more page is read. */
    public RebuildProgress after(Seen page, Optional<String> next) {
        return with(next.isPresent() ? State.RUNNING : State.DONE, next, seen.plus(page), Optional.empty());
    }

    /** The next page cannot be read. */
    public RebuildProgress failed(String why) {
        return with(State.FAILED, nextPage, seen, Optional.of(why));
    }

    private RebuildProgress with(State next, Optional<String> page, Seen all, Optional<String> why) {
        return new RebuildProgress(resource, parents, next, page, all, why, startTime, changeTime, requestId);
    }
}
