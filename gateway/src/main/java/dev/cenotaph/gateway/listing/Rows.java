package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import java.util.List;
import java.util.Optional;

/**
 * How the rows of one kind of list are read. Immutable: compiled once from a policy, used for every answer.
 *
 * @param row from an element of the array to the item itself
 * @param id empty where an id alone does not name an item
 * @param marker empty where the item does not hold it
 * @param onUnreadable what becomes of a row in which neither marker nor id can be seen
 */
public record Rows(Place row, Optional<IdReader> id, Optional<MarkerCodec> marker, OnUnfilterable onUnreadable) {

    /** Which rows a client sees. */
    public enum Scope {
        /** All but the trashed. */
        EXCLUDE,
        /** The trashed alone. */
        ONLY
    }

    /**
     * The rows of a resource.
     *
     * @param row of the collection or of a view
     */
    public static Rows of(ResourcePolicy policy, Place row) {
        return new Rows(
                row,
                Optional.of(IdReader.of(policy)),
                MarkerCodecs.inside(policy),
                policy.list().onUnfilterable());
    }

    /** Where a row holds its item, its id and its marker; the row itself stands for what it does not hold. */
    List<Place> places() {
        return List.of(
                row,
                id.map(reader -> row.append(reader.place())).orElse(row),
                marker.map(codec -> row.append(codec.place())).orElse(row));
    }

    /** The same rows in a view that does not tell their parents: the same id may be there under each of them. */
    Rows ofUnknownParents() {
        return new Rows(row, Optional.empty(), marker, onUnreadable);
    }

    /** A judge for one answer. Stateful: it counts the rows. */
    public RowJudge judge(Scope scope, IndexView index) {
        return new TrashJudge(this, scope, index);
    }
}
