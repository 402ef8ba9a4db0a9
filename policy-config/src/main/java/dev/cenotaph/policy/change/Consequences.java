package dev.cenotaph.policy.change;

import dev.cenotaph.policy.change.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gathers what the differences of one resource mean. */
final class Consequences {
    private final String resource;
    private final List<Change> changes = new ArrayList<>();

    Consequences(String resource) {
        this.resource = resource;
    }

    void add(Kind kind, String consequence, String... key) {
        changes.add(new Change(kind, resource, List.of(key), consequence));
    }

    /** Where the two are not the same. */
    void differ(Object was, Object is, String consequence, String... key) {
        if (!was.equals(is)) {
            add(Kind.OTHERWISE, consequence, key);
        }
    }

    List<Change> all() {
        return List.copyOf(changes);
    }

    /** A constant as policies spell it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
