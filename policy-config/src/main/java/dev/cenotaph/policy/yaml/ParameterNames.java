package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.yaml.Mapping.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** No query parameter may ask for two things, and nothing may be listed twice. Judged once a resource has its defaults. */
final class ParameterNames {
    private final Mapping resource;
    private final Problems problems;

    /** @param at empty for a name that the language gives */
    private record Name(String text, Optional<Position> at) {}

    ParameterNames(Mapping resource, Problems problems) {
        this.resource = resource;
        this.problems = problems;
    }

    /** @param at where to tell what has no place of its own */
    void check(Settings settings, Position at) {
        var parameters = new ArrayList<Name>();
        parameters.addAll(names(settings.trash().include(), "trash", "include"));
        parameters.addAll(names(settings.trash().only(), "trash", "only"));
        parameters.addAll(keys(settings.trash().onlyWhen().keySet(), "trash", "only-when"));
        parameters.addAll(names(List.of(settings.permanent().parameter()), "permanent", "parameter"));
        parameters.addAll(names(settings.answers().allowMissing(), "answers", "allow-missing"));
        parameters.addAll(ofPages(settings.list().pages()));
        refuseTwice(parameters, at);
        refuseTwice(names(settings.trash().restore(), "trash", "restore"), at);
    }

    private List<Name> ofPages(Pages pages) {
        var parameters = new ArrayList<Name>();
        if (pages.refills()) {
            parameters.add(new Name(Pages.PARAMETER, Optional.empty()));
        }
        resource.find("list", "query")
                .filter(query -> query.value() instanceof Mapping)
                .map(query -> (Mapping) query.value())
                .ifPresent(query -> query.entries()
                        .forEach((name, entry) -> parameters.add(new Name(name, Optional.of(entry.at())))));
        for (String key : PagesReader.PARAMETERS) {
            resource.find("list", "paging", key)
                    .filter(entry -> entry.value() instanceof Scalar)
                    .ifPresent(entry -> parameters.add(name((Scalar) entry.value())));
        }
        return parameters;
    }

    private List<Name> names(List<String> effective, String block, String key) {
        var entry = resource.find(block, key);
        if (entry.isEmpty()) {
            return effective.stream()
                    .map(text -> new Name(text, Optional.empty()))
                    .toList();
        }
        return switch (entry.get().value()) {
            case Scalar scalar -> List.of(name(scalar));
            case Sequence sequence ->
                sequence.elements().stream()
                        .filter(Scalar.class::isInstance)
                        .map(element -> name((Scalar) element))
                        .toList();
            case Mapping mapping -> List.of();
        };
    }

    private List<Name> keys(Set<String> effective, String block, String map) {
        return effective.stream()
                .map(text -> new Name(text, resource.find(block, map, text).map(Entry::at)))
                .toList();
    }

    private static Name name(Scalar scalar) {
        return new Name(scalar.text(), Optional.of(scalar.at()));
    }

    private void refuseTwice(List<Name> names, Position otherwise) {
        var seen = new HashMap<String, Name>();
        for (Name name : names) {
            var first = seen.putIfAbsent(name.text(), name);
            if (first != null) {
                var at = name.at().or(first::at).orElse(otherwise);
                String what = Wording.quoted(name.text()) + " would mean two things.";
                problems.add(at, ProblemCode.DUPLICATE_NAME, what, "Give each its own name; defaults count too.");
            }
        }
    }
}
