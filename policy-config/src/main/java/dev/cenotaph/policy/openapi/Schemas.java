package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the schemas of a document say, its references followed inside the document and no further. */
final class Schemas {
    private static final String COMPONENT = "#/components/schemas/";
    private static final Schema<?> UNKNOWN = new Schema<>();
    private static final int MOST_REFERENCES = 50;

    private final Map<String, Schema<?>> components = new LinkedHashMap<>();
    private final Compositions compositions;

    Schemas(OpenAPI model) {
        Components written = model.getComponents();
        if (written != null && written.getSchemas() != null) {
            written.getSchemas().forEach(components::put);
        }
        compositions = new Compositions(components);
    }

    /** How often a schema was looked at. */
    long looks() {
        return compositions.looks();
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
            at = component(components, reference);
        }
        return Optional.empty();
    }

    static Optional<Schema<?>> component(Map<String, Schema<?>> components, String reference) {
        return reference.startsWith(COMPONENT)
                ? Optional.ofNullable(components.get(Pointers.unescaped(reference.substring(COMPONENT.length()))))
                : Optional.empty();
    }

    /** The names under which a schema is known: its own, and those of what it is composed of. */
    Set<String> names(Schema<?> schema) {
        return compositions.of(schema).names();
    }

    /** The name under which a schema is known first, which says what it is. */
    Optional<String> name(Schema<?> schema) {
        // No deeper than a document nests: a reference ends it.
        return compositions
                .ownName(schema)
                .or(() -> parts(schema).stream()
                        .flatMap(part -> name(part).stream())
                        .findFirst());
    }

    /** Every property, those of all parts and alternatives among them, in the order of the document. */
    Map<String, Schema<?>> properties(Schema<?> schema) {
        return compositions.of(schema).properties();
    }

    /** Whether it has an id, or a link to itself, and is more than an envelope. */
    boolean isThing(Schema<?> schema) {
        return compositions.of(schema).isThing();
    }

    /** Whether it, or any part of it, says anything about properties. */
    boolean namesProperties(Schema<?> schema) {
        return !properties(schema).isEmpty();
    }

    /** {@code array}, {@code object}, {@code string} …, without the {@code null} beside it; the first of several. */
    Optional<String> type(Schema<?> schema) {
        return compositions.of(schema).type();
    }

    /** The types that a schema itself names, but {@code null}; from OpenAPI 3.1 on there can be several. */
    static List<String> types(Schema<?> schema) {
        Stream<String> written = schema.getType() == null
                ? Optional.ofNullable(schema.getTypes()).stream().flatMap(Set::stream)
                : Stream.of(schema.getType());
        return written.filter(type -> !type.equals("null")).toList();
    }

    boolean is(Schema<?> schema, String type) {
        return type(schema).filter(type::equals).isPresent();
    }

    /** What an array holds. */
    Optional<Schema<?>> elements(Schema<?> array) {
        return compositions.of(array).elements();
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
