package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.View;
import java.util.List;

/** The paths of one resource, each with its place in the file; a default item has the place of {@code path}. */
record Paths(Placed path, Placed item, List<Placed> aliases, List<Placed> unlink, List<Shown> views) {

    /** A view and where its path stands. */
    record Shown(View view, Position at) {}

    static List<PathTemplate> templates(List<Placed> placed) {
        return placed.stream().map(Placed::template).toList();
    }
}
