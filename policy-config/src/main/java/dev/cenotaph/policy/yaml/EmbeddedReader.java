package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.Embedded.Trashed;
import dev.cenotaph.policy.Embedded.Where;
import dev.cenotaph.policy.Place;
import java.util.List;
import java.util.Optional;

/** Reads {@code embedded}. */
final class EmbeddedReader {
    private static final Choices<Trashed> TRASHED = Choices.of("strip", Trashed.STRIP)
            .or("null", Trashed.NULL)
            .or("keep", Trashed.KEEP)
            .or("stub", Trashed.STUB);

    private EmbeddedReader() {}

    static List<Embedded> read(MappingReader resource) {
        return resource.maps("embedded").stream()
                .flatMap(rule -> embedded(rule).stream())
                .toList();
    }

    private static Optional<Embedded> embedded(MappingReader rule) {
        var path = rule.requiredText("path").flatMap(text -> Templates.read(text, rule.problems()));
        var where = where(rule);
        var trashed = trashed(rule, where);
        rule.finish();
        return path.flatMap(template -> where.map(there -> new Embedded(template, there, trashed)));
    }

    private static Optional<Where> where(MappingReader rule) {
        if (rule.entry("type").isEmpty()) {
            rule.required("at");
        }
        var type = rule.text("type").flatMap(text -> type(rule, text));
        var places = rule.texts("at");
        var row = ListingReader.place(rule, "row");
        var id = rule.text("id").flatMap(text -> Places.readInner(text, rule.problems()));
        if (rule.entry("type").isPresent()) {
            refuseBesideType(rule);
            return type;
        }
        return places.map(texts -> places(rule, texts))
                .filter(read -> !read.isEmpty())
                .map(read -> new Where.At(read, row, id));
    }

    private static List<Place> places(MappingReader rule, List<Scalar> texts) {
        if (texts.isEmpty()) {
            rule.entry("at")
                    .filter(entry -> entry.value() instanceof Sequence sequence
                            && sequence.elements().isEmpty())
                    .ifPresent(entry -> rule.problems()
                            .add(
                                    entry.value().at(),
                                    ProblemCode.EMPTY_VALUE,
                                    "Nothing would be looked at.",
                                    "Point to where the items are."));
        }
        return texts.stream()
                .flatMap(text -> Places.readInner(text, rule.problems()).stream())
                .toList();
    }

    private static Optional<Where> type(MappingReader rule, Scalar text) {
        if (text.text().isEmpty()) {
            rule.problems()
                    .add(
                            text.at(),
                            ProblemCode.EMPTY_VALUE,
                            "A type in JSON:API is no empty text.",
                            "Write the `type` of these items.");
            return Optional.empty();
        }
        return Optional.of(new Where.JsonApi(text.text()));
    }

    /** JSON:API itself says where its resource objects and their linkage are. */
    private static void refuseBesideType(MappingReader rule) {
        for (String key : List.of("at", "row", "id")) {
            rule.entry(key)
                    .ifPresent(entry -> rule.problems()
                            .add(
                                    entry.at(),
                                    ProblemCode.CONTRADICTION,
                                    "`" + key + "` says where items are, and `type` that JSON:API does.",
                                    "Keep one of them."));
        }
    }

    private static Trashed trashed(MappingReader rule, Optional<Where> where) {
        var scalar = rule.scalar("trashed");
        var trashed = scalar.flatMap(text ->
                        text.isNull() ? Optional.of(Trashed.NULL) : TRASHED.read("trashed", text, rule.problems()))
                .orElse(Trashed.STRIP);
        if (trashed == Trashed.NULL && where.isPresent() && where.get() instanceof Where.JsonApi) {
            scalar.ifPresent(text -> rule.problems()
                    .add(
                            text.at(),
                            ProblemCode.CONTRADICTION,
                            "JSON:API has `null` for a to-one relationship alone.",
                            "Write `strip`: it does that, and takes the rest out."));
        }
        return trashed;
    }
}
