package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.ExtensionValue;
import java.util.Optional;

/** Reads {@code marker.extension}: an entry of a key-value list, inside the item or in a sub-resource. */
final class ExtensionReader {
    private final MappingReader extension;
    private final Problems problems;

    /** How the members of an entry are called. */
    private record Names(String key, String value) {}

    ExtensionReader(MappingReader extension) {
        this.extension = extension;
        this.problems = extension.problems();
    }

    Optional<Marker> read() {
        var list = extension.text("list").flatMap(text -> Places.readInner(text, problems));
        var resource = extension.text("resource").flatMap(text -> Templates.read(text, problems));
        var namespace = extension.text("namespace").flatMap(text -> named("namespace", text));
        var key = extension
                .requiredText("key")
                .flatMap(text -> named("key", text))
                .orElse("");
        extension.required("value");
        var value = extension.scalar("value").flatMap(this::value).orElse(new ExtensionValue.DeleteTime());
        var names = extension.map("names").map(this::names).orElse(new Names("key", "value"));
        extension.finish();
        checkKind();
        return list.<Marker>map(place -> new Marker.ExtensionList(place, key, value, names.key(), names.value()))
                .or(() -> resource.map(template ->
                        new Marker.ExtensionResource(template, namespace, key, value, names.key(), names.value())));
    }

    private void checkKind() {
        var list = extension.entry("list");
        var resource = extension.entry("resource");
        if (list.isPresent() && resource.isPresent()) {
            kindProblem(resource.get().at(), "An extension is a `list` or a `resource`, and this is both.");
        } else if (list.isEmpty() && resource.isEmpty()) {
            kindProblem(extension.mapping().at(), "An extension is a `list` or a `resource`, and this is neither.");
        } else if (list.isPresent()) {
            extension
                    .entry("namespace")
                    .ifPresent(entry -> problems.add(
                            entry.at(),
                            ProblemCode.CONTRADICTION,
                            "`namespace` belongs to an extension `resource`, and this is a `list`.",
                            "Remove `namespace`."));
        }
    }

    private void kindProblem(Position at, String what) {
        String mend = "Write `list: extension_fields` or `resource: /path/{id}/metafields`.";
        problems.add(at, ProblemCode.MARKER_KIND, what, mend);
    }

    private Optional<ExtensionValue> value(Scalar scalar) {
        if (!MarkerReader.notNull("value", scalar, problems)) {
            return Optional.empty();
        }
        return Optional.of(
                scalar.isText() && scalar.text().equals("timestamp")
                        ? new ExtensionValue.DeleteTime()
                        : new ExtensionValue.Fixed(scalar.json()));
    }

    private Names names(MappingReader names) {
        String key = names.text("key").flatMap(text -> named("key", text)).orElse("key");
        String value = names.text("value").flatMap(text -> named("value", text)).orElse("value");
        names.finish();
        if (key.equals(value)) {
            String what = "One member, " + Wording.quoted(key) + ", cannot hold both the key and the value.";
            problems.add(names.mapping().at(), ProblemCode.DUPLICATE_NAME, what, "Name two members.");
        }
        return new Names(key, value);
    }

    private Optional<String> named(String key, Scalar text) {
        if (text.text().isEmpty()) {
            problems.add(text.at(), ProblemCode.EMPTY_VALUE, "`" + key + "` is empty.", "Write a name.");
            return Optional.empty();
        }
        return Optional.of(text.text());
    }
}
