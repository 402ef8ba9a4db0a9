package dev.cenotaph.policy.yaml;

/** What a YAML file says, with the place where it says it: the JSON part of YAML and nothing more. */
sealed interface Value permits Scalar, Sequence, Mapping {

    Position at();

    /** For people: "a map". */
    String kindName();
}
