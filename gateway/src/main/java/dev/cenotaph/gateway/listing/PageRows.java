package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonScanner;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.PlaceScanner;
import dev.cenotaph.policy.paging.Resumption;
import dev.cenotaph.policy.paging.SeenPage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes whole pages of one list apart. */
final class PageRows {
    private static final byte[] NOT_KEPT = {};
    private static final ListFilter.Output NOWHERE = (bytes, offset, length) -> {};

    private final Rows rows;
    private final Rows.Scope scope;
    private final Place items;
    private final int itemBytes;
    private final Supplier<AnswerIndex> indexes;

    /** @param indexes a new one for each page: what a page shows is as old as the request for it */
    PageRows(Rows rows, Rows.Scope scope, Place items, int itemBytes, Supplier<AnswerIndex> indexes) {
        this.rows = rows;
        this.scope = scope;
        this.items = items;
        this.itemBytes = itemBytes;
        this.indexes = indexes;
    }

    AnswerIndex index() {
        return indexes.get();
    }

    /** Judges a page that is not held: its rows from the one on with which it begins. */
    RowJudge judge(AnswerIndex index, int skip) {
        return new Recorder(rows.judge(scope, index), skip, false);
    }

    /**
     * The page that was asked for.
     *
     * @throws UnfilterableListException if it cannot be filtered
     */
    FilteredPage first(byte[] body, AnswerIndex index, Optional<Resumption> resumption) {
        int skip = resumption
                .filter(at -> at.skip() > 0)
                .map(at -> at.in(ids(body)))
                .orElse(0);
        return filter(body, new Recorder(rows.judge(scope, index), skip, false));
    }

    /**
     * A page after it; its rows keep their bytes.
     *
     * @throws UnfilterableListException if it cannot be filtered
     */
    FilteredPage further(byte[] body, AnswerIndex index) {
        return filter(body, new Recorder(rows.judge(scope, index), 0, true));
    }

    /** The id of a row; empty where it does not show it. */
    Optional<String> id(byte[] row) {
        return rows.id()
                .flatMap(reader -> JsonSpan.find(row, 0, row.length, rows.row()).flatMap(reader::read));
    }

    private List<Optional<String>> ids(byte[] body) {
        var ids = new ArrayList<Optional<String>>();
        RowJudge reader = (bytes, offset, length) -> ids.add(id(Arrays.copyOfRange(bytes, offset, offset + length)));
        pass(body, reader, NOWHERE);
        return ids;
    }

    private FilteredPage filter(byte[] body, Recorder recorder) {
        var out = new ByteArrayOutputStream(body.length);
        pass(body, recorder, out::write);
        return new FilteredPage(out.toByteArray(), recorder.seen, recorder.visible, recorder.skip);
    }

    private void pass(byte[] body, RowJudge judge, ListFilter.Output output) {
        ListFilter filter = ListFilter.of(items, judge, new ListFilter.Limits(itemBytes, JsonScanner.DEPTH));
        filter.feed(body, 0, body.length, output);
        filter.finish(output);
    }

    /** Takes down what another judge says. */
    private static final class Recorder implements RowJudge {
        private final RowJudge judge;
        private final int skip;
        private final boolean keepsBytes;
        private final List<SeenPage.Row> seen = new ArrayList<>();
        private int visible;

        Recorder(RowJudge judge, int skip, boolean keepsBytes) {
            this.judge = judge;
            this.skip = skip;
            this.keepsBytes = keepsBytes;
        }

        @Override
        public List<Place> places() {
            return judge.places();
        }

        @Override
        public boolean keep(byte[] bytes, int offset, int length) {
            return take(bytes, offset, length, judge.keep(bytes, offset, length));
        }

        @Override
        public boolean keep(byte[] bytes, int offset, int length, PlaceScanner row) {
            return take(bytes, offset, length, judge.keep(bytes, offset, length, row));
        }

        private boolean take(byte[] bytes, int offset, int length, boolean mayBeSeen) {
            boolean shown = mayBeSeen && seen.size() >= skip;
            byte[] json = keepsBytes ? Arrays.copyOfRange(bytes, offset, offset + length) : NOT_KEPT;
            seen.add(new SeenPage.Row(json, shown));
            visible += mayBeSeen ? 1 : 0;
            return shown;
        }
    }
}
