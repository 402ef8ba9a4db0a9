package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.Write.Format;
import dev.cenotaph.policy.Write.Method;
import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which keys of {@code write} fit together, and which fit the marker. Judged once a resource has its defaults. */
final class WriteRules {
    private static final List<String> OF_THE_ITEM = List.of("method", "format", "replace", "at");

    private final Mapping resource;
    private final Problems problems;

    WriteRules(Mapping resource, Problems problems) {
        this.resource = resource;
        this.problems = problems;
    }

    void check(Write write, Optional<Marker> marker) {
        if (marker.isPresent() && marker.get() instanceof Marker.ExtensionResource) {
            refuseUnused("this marker lies in a sub-resource");
            return;
        }
        if (marker.isPresent() && marker.get() instanceof Marker.Snapshot) {
            refuseUnused("this resource has no marker: a snapshot is kept, and the item deleted");
            return;
        }
        boolean patchFormat = write.format() != Format.JSON;
        if (write.method() == Method.PUT && patchFormat) {
            contradiction(
                    "A PUT does not carry a patch.", "Write `format: json`, or `method: PATCH`.", "format", "method");
        } else if (write.replace() && write.method() == Method.PATCH) {
            contradiction(
                    "A PATCH never replaces the whole item.",
                    "Write `replace: no`, or `method: PUT`.",
                    "replace",
                    "method");
        } else if (write.replace() && patchFormat) {
            contradiction(
                    "A patch does not replace the whole item.",
                    "Write `format: json`, or `replace: no`.",
                    "replace",
                    "format");
        }
    }

    /** Defaults of the file are for the other resources; what the resource says itself must not be ignored. */
    private void refuseUnused(String why) {
        for (String key : OF_THE_ITEM) {
            resource.find("write", key)
                    .filter(entry -> !entry.inherited())
                    .ifPresent(entry -> problems.add(
                            entry.at(),
                            ProblemCode.WRITE_NOT_USED,
                            "`" + key + "` says how the item is written, and " + why + ".",
                            "Remove `" + key + "`."));
        }
    }

    /** Told at the first of the keys that the resource gives itself, else at the first that is given at all. */
    private void contradiction(String what, String mend, String... keys) {
        var given = Stream.of(keys)
                .flatMap(key -> resource.find("write", key).stream())
                .toList();
        given.stream()
                .filter(entry -> !entry.inherited())
                .findFirst()
                .or(() -> given.stream().findFirst())
                .map(Entry::value)
                .ifPresent(value -> problems.add(value.at(), ProblemCode.CONTRADICTION, what, mend));
    }
}
