package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.json.JsonSpan;
import dev.cenotaph.gateway.marker.MarkerReading;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import java.util.Optional;

/** Judges rows by their marker, and by their id where the marker cannot be seen. Stateful: one for each answer. */
final class TrashJudge implements RowJudge {
    private final Rows rows;
    private final Rows.Scope scope;
    private final IndexView index;
    private int number;

    TrashJudge(Rows rows, Rows.Scope scope, IndexView index) {
        this.rows = rows;
        this.scope = scope;
        this.index = index;
    }

    @Override
    public boolean keep(byte[] bytes, int offset, int length) {
        number++;
        Optional<JsonSpan> item =
                JsonSpan.find(bytes, offset, length, rows.row()).filter(value -> value.kind() == JsonSpan.Kind.OBJECT);
        Optional<Boolean> trashed = item.flatMap(this::isTrashed);
        if (trashed.isEmpty() && rows.onUnreadable() == OnUnfilterable.FAIL) {
            String why = item.isEmpty() ? " holds no item at \"" + rows.row() + "\"" : " shows neither marker nor id";
            throw new UnfilterableListException("row " + number + why);
        }
        return trashed.orElse(false) == (scope == Rows.Scope.ONLY);
    }

    /** Empty where nothing tells. */
    private Optional<Boolean> isTrashed(JsonSpan item) {
        Optional<String> id = rows.id().flatMap(reader -> reader.read(item));
        return switch (reading(item)) {
            case MarkerReading.Trashed trashed -> {
                id.ifPresent(known -> index.sawTrashed(known, trashed.since()));
                yield Optional.of(true);
            }
            case MarkerReading.Live live -> Optional.of(id.map(index::sawLive).orElse(false));
            case MarkerReading.Hidden hidden -> id.map(index::isTrashed);
        };
    }

    private MarkerReading reading(JsonSpan item) {
        return rows.marker()
                .map(codec -> codec.readRow(item.bytes(), item.start(), item.end() - item.start()))
                .orElse(new MarkerReading.Hidden());
    }
}
