package dev.cenotaph.load.legacy;

import java.util.List;
import java.util.Optional;

/** What the path of a request names. */
sealed interface Target {
    /** @param parent the id of the row above, {@code ""} for none */
    record Collection(Resource resource, String parent) implements Target {}

    record Item(Resource resource, Key key) implements Target {}

    static Optional<Target> of(Resource resource, List<String> path) {
        Optional<Target> item = resource.item().match(path).map(values -> new Item(resource, key(values)));
        return item.isPresent()
                ? item
                : resource.collection()
                        .match(path)
                        .map(values -> new Collection(resource, values.isEmpty() ? "" : values.getFirst()));
    }

    private static Key key(List<String> values) {
        return values.size() == 1 ? Key.top(values.getFirst()) : new Key(values.getFirst(), values.getLast());
    }
}
