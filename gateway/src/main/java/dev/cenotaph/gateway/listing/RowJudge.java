package dev.cenotaph.gateway.listing;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.PlaceScanner;
import java.util.List;

/** Says of each row of a list whether the client sees it. */
@FunctionalInterface
public interface RowJudge {

    /**
     * Judges one element of the array.
     *
     * @return true to keep it
     * @throws UnfilterableListException if neither marker nor id can be seen
     */
    boolean keep(byte[] bytes, int offset, int length);

    /** The places in a row that the judge looks at; empty if it looks at the row itself. */
    default List<Place> places() {
        return List.of();
    }

    /**
     * Judges an element in which the {@link #places} are found already, as {@link #keep(byte[], int, int)} would.
     *
     * @param row has scanned the element
     */
    default boolean keep(byte[] bytes, int offset, int length, PlaceScanner row) {
        return keep(bytes, offset, length);
    }
}
