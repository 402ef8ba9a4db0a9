package dev.cenotaph.gateway.listing;

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
}
