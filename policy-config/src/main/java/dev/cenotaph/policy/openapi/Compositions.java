package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Composes each schema once, however often it is asked for: the schemas that refer to each other in circles are those of
 * a strongly connected component (R. E. Tarjan, 1972, here without recursion, as circles are as long as documents are).
 */
final class Compositions {
    private static final Set<String> IDENTITIES = Set.of("id", "uuid", "guid", "links", "self", "href");

    private final Map<String, Schema<?>> components;
    // Equal schemas are costly to compare.
    private final IdentityHashMap<Schema<?>, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Schema<?>, Composition> composed = new IdentityHashMap<>();
    private final IdentityHashMap<Schema<?>, Visit> open = new IdentityHashMap<>();
    private final Deque<Visit> path = new ArrayDeque<>();
    private final Deque<Visit> circles = new ArrayDeque<>();
    private long looks;

    /** A schema on the way to being composed. */
    private static final class Visit {
        private final Schema<?> schema;
        private final List<Schema<?>> inner;
        private final int index;
        private int lowest;
        private int next;

        Visit(Schema<?> schema, List<Schema<?>> inner, int index) {
            this.schema = schema;
            this.inner = inner;
            this.index = index;
            lowest = index;
        }
    }

    /** @param components by their names; those that are asked for need not be among them */
    Compositions(Map<String, Schema<?>> components) {
        this.components = components;
        components.forEach((name, schema) -> names.put(schema, name));
    }

    Composition of(Schema<?> schema) {
        looks++;
        Composition known = composed.get(schema);
        return known == null ? compose(schema) : known;
    }

    /** How often a schema was looked at: what the work on a document is in proportion to. */
    long looks() {
        return looks;
    }

    private Composition compose(Schema<?> from) {
        enter(from);
        while (!path.isEmpty()) {
            Visit last = path.getLast();
            if (last.next < last.inner.size()) {
                step(last, last.inner.get(last.next++));
            } else {
                leave(path.removeLast());
            }
        }
        return Optional.ofNullable(composed.get(from)).orElseThrow();
    }

    private void enter(Schema<?> schema) {
        var visit = new Visit(schema, inner(schema), open.size());
        open.put(schema, visit);
        path.addLast(visit);
        circles.addLast(visit);
    }

    private void step(Visit from, Schema<?> to) {
        looks++;
        Visit visit = open.get(to);
        if (visit != null) {
            from.lowest = Math.min(from.lowest, visit.index);
        } else if (!composed.containsKey(to)) {
            enter(to);
        }
    }

    private void leave(Visit visit) {
        if (!path.isEmpty()) {
            path.getLast().lowest = Math.min(path.getLast().lowest, visit.lowest);
        }
        if (visit.lowest == visit.index) {
            close(circleFrom(visit));
        }
    }

    private List<Visit> circleFrom(Visit first) {
        var circle = new ArrayList<Visit>();
        Visit last;
        do {
            last = circles.removeLast();
            open.remove(last.schema);
            circle.add(last);
        } while (last != first);
        Collections.reverse(circle);
        return circle;
    }

    private void close(List<Visit> circle) {
        Visit first = circle.getFirst();
        Optional<Composition> target = circle.size() == 1 && first.schema.get$ref() != null
                ? first.inner.stream()
                        .flatMap(inner -> Optional.ofNullable(composed.get(inner)).stream())
                        .findFirst()
                : Optional.empty();
        if (target.isPresent()) {
            composed.put(first.schema, target.get());
            return;
        }
        Composition whole = whole(circle);
        circle.forEach(
                visit -> composed.put(visit.schema, whole.with(ownType(visit.schema), ownElements(visit.schema))));
    }

    private Composition whole(List<Visit> circle) {
        var allNames = new LinkedHashSet<String>();
        var properties = new LinkedHashMap<String, Schema<?>>();
        Optional<String> type = Optional.empty();
        Optional<Schema<?>> elements = Optional.empty();
        for (Visit visit : circle) {
            ownName(visit.schema).ifPresent(allNames::add);
            if (visit.schema.getProperties() != null) {
                visit.schema.getProperties().forEach(properties::putIfAbsent);
            }
            type = type.or(() -> ownType(visit.schema));
            elements = elements.or(() -> ownElements(visit.schema));
            for (Schema<?> inner : visit.inner) {
                Composition part = composed.get(inner);
                if (part != null) {
                    looks++;
                    allNames.addAll(part.names());
                    part.properties().forEach(properties::putIfAbsent);
                    type = type.or(part::type);
                    elements = elements.or(part::elements);
                }
            }
        }
        boolean isThing = properties.keySet().stream().map(Words::alike).anyMatch(IDENTITIES::contains);
        return new Composition(
                Collections.unmodifiableSet(allNames),
                Collections.unmodifiableMap(properties),
                type,
                elements,
                isThing);
    }

    /** What a schema refers to inside of the document, or else what it is composed of. */
    private List<Schema<?>> inner(Schema<?> schema) {
        String reference = schema.get$ref();
        return reference == null
                ? Schemas.parts(schema)
                : Schemas.component(components, reference).stream().toList();
    }

    /** The name that a schema has, or is called by. */
    Optional<String> ownName(Schema<?> schema) {
        String reference = schema.get$ref();
        return reference == null ? Optional.ofNullable(names.get(schema)) : Optional.of(Pointers.lastOf(reference));
    }

    private static Optional<String> ownType(Schema<?> schema) {
        return Schemas.types(schema).stream()
                .findFirst()
                .or(() -> schema.getProperties() == null ? Optional.empty() : Optional.of("object"))
                .or(() -> schema.getItems() == null ? Optional.empty() : Optional.of("array"));
    }

    private static Optional<Schema<?>> ownElements(Schema<?> schema) {
        Schema<?> items = schema.getItems();
        return Optional.ofNullable(items);
    }
}
