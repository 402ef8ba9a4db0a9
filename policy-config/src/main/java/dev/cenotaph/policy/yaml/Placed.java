package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PathTemplate;
import java.util.Set;

/** A template and where it stands. */
record Placed(PathTemplate template, Position at) {

    Set<String> variables() {
        return Set.copyOf(template.variables());
    }

    String quoted() {
        return Wording.quoted(template.text());
    }
}
