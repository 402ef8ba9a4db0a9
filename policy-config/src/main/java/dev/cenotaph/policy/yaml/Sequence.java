package dev.cenotaph.policy.yaml;

import java.util.List;

/** A list. */
record Sequence(Position at, List<Value> elements) implements Value {

    Sequence {
        elements = List.copyOf(elements);
    }

    @Override
    public String kindName() {
        return "a list";
    }
}
