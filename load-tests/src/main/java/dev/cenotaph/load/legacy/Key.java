package dev.cenotaph.load.legacy;

import java.util.List;

/**
 * What names a row in its table.
 *
 * @param parent the id of the row that it belongs to, {@code ""} for none
 */
record Key(String parent, String id) {
    static Key top(String id) {
        return new Key("", id);
    }

    List<String> values() {
        return parent.isEmpty() ? List.of(id) : List.of(parent, id);
    }
}
