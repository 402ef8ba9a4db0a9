package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What tells that two schemas are of one kind: the name of their component, else the names of their properties. */
final class Kinds {
    private static final int FEWEST_PROPERTIES = 3;

    private final Schemas schemas;
    private final Set<String> things;
    private final IdentityHashMap<Schema<?>, Set<String>> all = new IdentityHashMap<>();
    private final IdentityHashMap<Schema<?>, Map<String, Set<String>>> rows = new IdentityHashMap<>();

    /** @param things the names of what has a path of its own */
    Kinds(Schemas schemas, Set<String> things) {
        this.schemas = schemas;
        this.things = Set.copyOf(things);
    }

    /** What a thing is: one kind, or none where the document hardly says. */
    Optional<String> of(Schema<?> schema) {
        return schemas.name(schema).or(() -> likeness(schema));
    }

    /** Everything that a thing may be taken for. */
    Set<String> all(Schema<?> schema) {
        return all.computeIfAbsent(schema, this::collect);
    }

    private Set<String> collect(Schema<?> schema) {
        Set<String> names = schemas.names(schema);
        return names.isEmpty() ? likeness(schema).map(Set::of).orElse(Set.of()) : names;
    }

    /** What an element holds that is no thing itself, such as the hit of a search, by the names of its members. */
    Map<String, Set<String>> rows(Schema<?> element) {
        return rows.computeIfAbsent(element, this::collectRows);
    }

    private Map<String, Set<String>> collectRows(Schema<?> element) {
        var inside = new LinkedHashMap<String, Set<String>>();
        if (schemas.isThing(element) || all(element).stream().anyMatch(things::contains)) {
            return inside;
        }
        schemas.properties(element).forEach((name, schema) -> {
            if (schemas.is(schema, "object")) {
                inside.put(name, all(schema));
            }
        });
        return inside;
    }

    private Optional<String> likeness(Schema<?> schema) {
        var names = new TreeSet<>(schemas.properties(schema).keySet());
        return names.size() < FEWEST_PROPERTIES ? Optional.empty() : Optional.of("{" + String.join(", ", names) + "}");
    }
}
