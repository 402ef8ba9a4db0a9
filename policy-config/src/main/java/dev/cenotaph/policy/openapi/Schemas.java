package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the schemas of a document say, its references followed inside the document and no further. */
final class Schemas {
    private static final String COMPONENT = "#/components/schemas/";
    private static final Schema<?> UNKNOWN = new Schema<>();
    private static final int MOST_REFERENCES = 50;
    private static final Set<String> IDENTITIES = Set.of("id", "uuid", "guid", "links", "self", "href");

    private final Map<String, Schema<?>> components = new LinkedHashMap<>();
    // Asked again and again; equal schemas are costly to compare.
    private final IdentityHashMap<Schema<?>, Map<String, Schema<?>>> properties = new IdentityHashMap<>();

    Schemas(OpenAPI model) {
        Components written = model.getComponents();
        if (written != null && written.getSchemas() != null) {
            written.getSchemas().forEach(components::put);
        }
    }

    /** The schema that a chain of references ends at; one that says nothing where it leaves the document. */
    Schema<?> resolved(Schema<?> schema) {
        return target(schema).orElse(UNKNOWN);
    }

    /** Whether it refers to something outside of the document, or to something that is not there. */
    boolean isUnknown(Schema<?> schema) {
        return target(schema).isEmpty();
    }

    private Optional<Schema<?>> target(Schema<?> schema) {
        Optional<Schema<?>> at = Optional.of(schema);
        for (int i = 0; i < MOST_REFERENCES && at.isPresent(); i++) {
            String reference = at.get().get$ref();
            if (reference == null) {
                return at;
            }
            at = component(reference);
        }
        return Optional.empty();
    }

    private Optional<Schema<?>> component(String reference) {
        return reference.startsWith(COMPONENT)
                ? Optional.ofNullable(components.get(Pointers.unescaped(reference.substring(COMPONENT.length()))))
                : Optional.empty();
    }

    /** The names under which a schema is known: its own, and those of what it is composed of. */
    Set<String> names(Schema<?> schema) {
        var names = new LinkedHashSet<String>();
        addNames(schema, names);
        return names;
    }

    private void addNames(Schema<?> schema, Set<String> names) {
        if (schema.get$ref() != null) {
            String reference = schema.get$ref();
            if (names.add(Pointers.lastOf(reference))) {
                component(reference).ifPresent(target -> addNames(target, names));
            }
            return;
        }
        parts(schema).forEach(part -> addNames(part, names));
    }

    /** The name under which a schema is known first, which says what it is. */
    Optional<String> name(Schema<?> schema) {
        return names(schema).stream().findFirst();
    }

    /** Every property, those of all parts and alternatives among them, in the order of the document. */
    Map<String, Schema<?>> properties(Schema<?> schema) {
        return properties.computeIfAbsent(resolved(schema), this::collectProperties);
    }

    private Map<String, Schema<?>> collectProperties(Schema<?> schema) {
        var properties = new LinkedHashMap<String, Schema<?>>();
        addProperties(schema, properties, Collections.newSetFromMap(new IdentityHashMap<>()));
        return properties;
    }

    private void addProperties(Schema<?> schema, Map<String, Schema<?>> properties, Set<Schema<?>> seen) {
        Schema<?> at = resolved(schema);
        if (!seen.add(at)) {
            return;
        }
        if (at.getProperties() != null) {
            at.getProperties().forEach(properties::putIfAbsent);
        }
        parts(at).forEach(part -> addProperties(part, properties, seen));
    }

    /** Whether it has an id, or a link to itself, and is more than an envelope. */
    boolean isThing(Schema<?> schema) {
        return properties(schema).keySet().stream().anyMatch(name -> IDENTITIES.contains(Words.alike(name)));
    }

    /** Whether it, or any part of it, says anything about properties. */
    boolean namesProperties(Schema<?> schema) {
        return !properties(schema).isEmpty();
    }

    /** {@code array}, {@code object}, {@code string} …, without the {@code null} beside it. */
    Optional<String> type(Schema<?> schema) {
        return type(schema, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private Optional<String> type(Schema<?> schema, Set<Schema<?>> seen) {
        Schema<?> at = resolved(schema);
        if (!seen.add(at)) {
            return Optional.empty();
        }
        var own = Optional.ofNullable(at.getType())
                .or(() -> Optional.ofNullable(at.getTypes()).stream()
                        .flatMap(Set::stream)
                        .filter(type -> !type.equals("null"))
                        .findFirst())
                .or(() -> at.getProperties() == null ? Optional.empty() : Optional.of("object"))
                .or(() -> at.getItems() == null ? Optional.empty() : Optional.of("array"));
        return own.filter(type -> !type.equals("null"))
                .or(() -> parts(at).stream()
                        .flatMap(part -> type(part, seen).stream())
                        .findFirst());
    }

    boolean is(Schema<?> schema, String type) {
        return type(schema).filter(type::equals).isPresent();
    }

    /** What an array holds. */
    Optional<Schema<?>> elements(Schema<?> array) {
        return elements(array, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private Optional<Schema<?>> elements(Schema<?> array, Set<Schema<?>> seen) {
        Schema<?> at = resolved(array);
        if (!seen.add(at)) {
            return Optional.empty();
        }
        Schema<?> items = at.getItems();
        return items == null
                ? parts(at).stream()
                        .flatMap(part -> elements(part, seen).stream())
                        .findFirst()
                : Optional.of(items);
    }

    /** What every member of a map without named members holds. */
    Optional<Schema<?>> values(Schema<?> map) {
        return resolved(map).getAdditionalProperties() instanceof Schema<?> values
                ? Optional.of(values)
                : Optional.empty();
    }

    /** The format, of the schema or of a part of it. */
    Optional<String> format(Schema<?> schema) {
        Schema<?> at = resolved(schema);
        return Optional.ofNullable(at.getFormat())
                .or(() -> parts(at).stream()
                        .flatMap(part -> Optional.ofNullable(resolved(part).getFormat()).stream())
                        .findFirst());
    }

    /** The texts that a value is one of; empty where it is free. */
    List<String> choices(Schema<?> schema) {
        var choices = new LinkedHashSet<String>();
        addChoices(resolved(schema), choices);
        parts(resolved(schema)).forEach(part -> addChoices(resolved(part), choices));
        return List.copyOf(choices);
    }

    private static void addChoices(Schema<?> schema, Set<String> choices) {
        if (schema.getEnum() != null) {
            schema.getEnum().stream().filter(String.class::isInstance).forEach(value -> choices.add((String) value));
        }
        if (schema.getConst() instanceof String only) {
            choices.add(only);
        }
    }

    boolean isReadOnly(Schema<?> schema) {
        return Boolean.TRUE.equals(schema.getReadOnly())
                || Boolean.TRUE.equals(resolved(schema).getReadOnly());
    }

    /** What a schema is composed of: all of them, or one of them. */
    static List<Schema<?>> parts(Schema<?> schema) {
        var parts = new ArrayList<Schema<?>>();
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(parts::add);
        }
        if (schema.getOneOf() != null) {
            schema.getOneOf().forEach(parts::add);
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(parts::add);
        }
        return parts;
    }
}
