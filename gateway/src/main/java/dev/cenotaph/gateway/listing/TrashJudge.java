package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonScanner;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.PlaceScanner;
import dev.cenotaph.policy.marker.MarkerReading;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Judges rows by their marker, and by their id where the marker cannot be seen. Stateful: one for each answer. */
final class TrashJudge implements RowJudge {
    private static final int ITEM = 0;
    private static final int ID = 1;
    private static final int MARKER = 2;

    private final Rows rows;
    private final Rows.Scope scope;
    private final IndexView index;
    private int number;

    /** A marker that said live. Most rows have the same one. */
    private byte[] live = {};

    TrashJudge(Rows rows, Rows.Scope scope, IndexView index) {
        this.rows = rows;
        this.scope = scope;
        this.index = index;
    }

    @Override
    public List<Place> places() {
        return rows.places();
    }

    @Override
    public boolean keep(byte[] bytes, int offset, int length) {
        var row = new PlaceScanner(places(), JsonScanner.DEPTH);
        row.read(bytes, offset, offset + length);
        return keep(bytes, offset, length, row);
    }

    @Override
    public boolean keep(byte[] bytes, int offset, int length, PlaceScanner row) {
        number++;
        boolean isItem = row.start(ITEM) >= 0 && bytes[row.start(ITEM)] == '{';
        boolean trashed = isItem ? isTrashed(bytes, row) : unreadable(" holds no item at \"" + rows.row() + "\"");
        return trashed == (scope == Rows.Scope.ONLY);
    }

    private boolean isTrashed(byte[] bytes, PlaceScanner row) {
        if (rows.marker().isEmpty() || row.start(MARKER) < 0) {
            return isHiddenTrashed(bytes, row);
        }
        if (saysLive(bytes, row.start(MARKER), row.end(MARKER))) {
            return isLiveTrashed(bytes, row);
        }
        JsonSpan marker = span(bytes, row, MARKER);
        return switch (rows.marker().orElseThrow().readValue(marker)) {
            case MarkerReading.Trashed trashed -> {
                id(bytes, row).ifPresent(known -> index.sawTrashed(known, trashed.since()));
                yield true;
            }
            case MarkerReading.Live said -> {
                live = Arrays.copyOfRange(bytes, marker.start(), marker.end());
                yield isLiveTrashed(bytes, row);
            }
            case MarkerReading.Hidden hidden -> isHiddenTrashed(bytes, row);
        };
    }

    private boolean saysLive(byte[] bytes, int start, int end) {
        return end - start == live.length && Arrays.equals(live, 0, live.length, bytes, start, end);
    }

    private boolean isLiveTrashed(byte[] bytes, PlaceScanner row) {
        if (index.expectsLive()) {
            return false;
        }
        Optional<String> id = id(bytes, row);
        return id.isPresent() && index.sawLive(id.get());
    }

    private boolean isHiddenTrashed(byte[] bytes, PlaceScanner row) {
        Optional<String> id = id(bytes, row);
        return id.isPresent() ? index.isTrashed(id.get()) : unreadable(" shows neither marker nor id");
    }

    private Optional<String> id(byte[] bytes, PlaceScanner row) {
        return rows.id().isEmpty() || row.start(ID) < 0
                ? Optional.empty()
                : rows.id().get().readValue(span(bytes, row, ID));
    }

    private static JsonSpan span(byte[] bytes, PlaceScanner row, int place) {
        return new JsonSpan(bytes, row.start(place), row.end(place));
    }

    /** What cannot be told counts as live, where the policy allows it. */
    private boolean unreadable(String why) {
        if (rows.onUnreadable() == OnUnfilterable.FAIL) {
            throw new UnfilterableListException("row " + number + why);
        }
        return false;
    }
}
