package dev.cenotaph.policy;

import java.util.List;

/**
 * How one request names many items that it deletes.
 *
 * @param ids query parameters, and members of a JSON body, that hold ids
 * @param separator between the ids of one parameter
 * @param paths what follows the collection's path for a POST that deletes many: {@code :verb}, or {@code /segment}
 * @param most how many items one request may name
 * @param allWell the status where every item went well, 200 or 207
 */
public record Expansion(List<String> ids, String separator, List<String> paths, int most, int allWell) {
    /** More in one request would keep a client waiting for longer than clients wait. */
    public static final int MOST = 1000;

    /** What holds where a policy does not say. */
    public static final Expansion USUAL =
            new Expansion(List.of("ids", "names"), ",", List.of(":batchDelete"), 100, 207);

    public Expansion {
        ids = List.copyOf(ids);
        paths = List.copyOf(paths);
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("one request names 1 to " + MOST + " items, not " + most);
        }
        if (allWell != 200 && allWell != 207) {
            throw new IllegalArgumentException("where all went well is 200 or 207, not " + allWell);
        }
    }
}
