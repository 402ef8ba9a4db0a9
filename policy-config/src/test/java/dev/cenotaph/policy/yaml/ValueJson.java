package dev.cenotaph.policy.yaml;

import java.util.stream.Collectors;

/** What a YAML file says, as JSON. */
final class ValueJson {
    private ValueJson() {}

    static String of(Value value) {
        return switch (value) {
            case Scalar scalar -> scalar.json().json();
            case Sequence sequence ->
                sequence.elements().stream().map(ValueJson::of).collect(Collectors.joining(",", "[", "]"));
            case Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> Json.quoted(entry.getKey()) + ":"
                                + of(entry.getValue().value()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }
}
