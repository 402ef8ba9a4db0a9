package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.Unique;
import dev.cenotaph.policy.Unique.Explain;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code unique} and {@code duplicates}. */
final class UniqueReader {
    private static final Choices<Integer> STATUS =
            Choices.of(409, 409).or(422, 422).or(400, 400);
    private static final Choices<Explain> EXPLAIN =
            Choices.of("headers", Explain.HEADERS).or("problem", Explain.PROBLEM);

    private UniqueReader() {}

    static Unique read(MappingReader resource) {
        var keys = resource.texts("unique").orElse(List.of()).stream()
                .flatMap(text -> Places.readInner(text, resource.problems()).stream())
                .toList();
        return resource.map("duplicates")
                .map(duplicates -> unique(keys, duplicates))
                .orElse(new Unique(keys, Unique.NONE.statuses(), Unique.NONE.explain()));
    }

    private static Unique unique(List<Place> keys, MappingReader duplicates) {
        var statuses = duplicates.entry("status").map(entry -> statuses(duplicates, entry.value()));
        var explain = duplicates.choice("explain", EXPLAIN, Unique.NONE.explain());
        duplicates.finish();
        return new Unique(keys, statuses.orElse(Unique.NONE.statuses()), explain);
    }

    private static Set<Integer> statuses(MappingReader duplicates, Value value) {
        if (!(value instanceof Sequence sequence)) {
            return duplicates
                    .scalar("status")
                    .flatMap(scalar -> STATUS.read("status", scalar, duplicates.problems()))
                    .map(Set::of)
                    .orElse(Set.of());
        }
        var statuses = new LinkedHashSet<Integer>();
        for (Value element : sequence.elements()) {
            status(duplicates, element).ifPresent(statuses::add);
        }
        return statuses;
    }

    private static Optional<Integer> status(MappingReader duplicates, Value element) {
        if (element instanceof Scalar scalar) {
            return STATUS.read("status", scalar, duplicates.problems());
        }
        duplicates
                .problems()
                .add(
                        element.at(),
                        ProblemCode.WRONG_TYPE,
                        "`status` must be a list of statuses, and this is " + element.kindName() + ".",
                        "Write a status.");
        return Optional.empty();
    }

    /** What overwrites deletes for good. */
    static void check(Mapping resource, Settings settings, Problems problems) {
        if (settings.create() != Create.OVERWRITE || settings.permanent().allow() != Permanent.Allow.NEVER) {
            return;
        }
        resource.find("create")
                .ifPresent(entry -> problems.add(
                        entry.value().at(),
                        ProblemCode.CONTRADICTION,
                        "`create: overwrite` deletes what is trashed for good, and `permanent.allow: never` forbids that.",
                        "Change one of them."));
    }
}
