package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a document shows an item and its collection.
 *
 * @param item the item's schema, where any answer shows one
 * @param wrap where the item sits in its own answer
 * @param ofItem whether the item's own GET showed it, and not the list
 * @param list how the collection's GET shows items
 */
record ItemReading(Optional<Schema<?>> item, Place wrap, boolean ofItem, Optional<ListReading> list) {
    private static final List<String> ENVELOPES = List.of("data", "result", "item", "value");

    static ItemReading of(Candidate candidate, Api api) {
        Optional<Schema<?>> answer =
                candidate.itemPath().operation(HttpMethod.GET).flatMap(api::answer);
        Place wrap =
                answer.map(schema -> wrap(candidate, schema, api.schemas())).orElse(Place.ROOT);
        Optional<Schema<?>> own =
                answer.flatMap(schema -> inside(schema, wrap, api.schemas())).filter(api.schemas()::namesProperties);
        Optional<ListReading> list = candidate
                .collectionPath()
                .flatMap(path -> path.operation(HttpMethod.GET))
                .flatMap(api::answer)
                .flatMap(schema -> ListReading.of(candidate, schema, own, api));
        return new ItemReading(own.or(() -> list.map(ListReading::element)), wrap, own.isPresent(), list);
    }

    private static Place wrap(Candidate candidate, Schema<?> answer, Schemas schemas) {
        Map<String, Schema<?>> properties = schemas.properties(answer);
        if (IdGuess.of(candidate, answer, schemas).isPresent()) {
            return Place.ROOT;
        }
        String singular = Words.alike(Words.singular(Names.last(candidate)));
        return properties.entrySet().stream()
                .filter(property -> schemas.is(property.getValue(), "object"))
                .filter(property -> ENVELOPES.contains(property.getKey())
                        || Words.alike(property.getKey()).equals(singular)
                        || properties.size() == 1)
                .filter(property ->
                        IdGuess.of(candidate, property.getValue(), schemas).isPresent())
                .map(property -> new Place(List.of(property.getKey())))
                .findFirst()
                .orElse(Place.ROOT);
    }

    /** What sits at a place inside of what a schema describes. */
    static Optional<Schema<?>> inside(Schema<?> schema, Place place, Schemas schemas) {
        Optional<Schema<?>> at = Optional.of(schema);
        for (String token : place.tokens()) {
            at = at.flatMap(
                    outer -> Optional.ofNullable(schemas.properties(outer).get(token)));
        }
        return at;
    }
}
