package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a schema says together with all that it refers to and is composed of. Schemas that are composed of each other in a
 * circle share their properties and names: each of them has all of them.
 *
 * @param names under which it is known
 * @param properties in the order of the document, the nearest schema's first
 * @param type without the {@code null} beside it
 * @param elements what it holds as an array
 * @param isThing whether it has an id, or a link to itself
 */
record Composition(
        Set<String> names,
        Map<String, Schema<?>> properties,
        Optional<String> type,
        Optional<Schema<?>> elements,
        boolean isThing) {

    /** The same with what one schema of a circle says itself. */
    Composition with(Optional<String> ownType, Optional<Schema<?>> ownElements) {
        return new Composition(names, properties, ownType.or(() -> type), ownElements.or(() -> elements), isThing);
    }
}
