package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an item holds its id.
 *
 * @param place the id itself, or a link that ends in it
 * @param isLink whether it is a link
 * @param why for the reader of a draft
 */
record IdGuess(Place place, boolean isLink, String why) {
    private static final List<String> USUAL =
            List.of("uuid", "guid", "_id", "key", "slug", "code", "sku", "number", "name", "handle");
    private static final List<List<String>> LINKS = List.of(
            List.of("_links", "self", "href"),
            List.of("links", "self"),
            List.of("links", "self", "href"),
            List.of("@id"),
            List.of("self"),
            List.of("href"));

    static Optional<IdGuess> of(Candidate candidate, Schema<?> item, Schemas schemas) {
        String variable = candidate.id().name();
        Map<String, Schema<?>> properties = schemas.properties(item);
        return byName(properties, schemas, variable, "it is called as the variable of the path")
                .or(() -> byName(properties, schemas, "id", "its usual name"))
                .or(() -> byName(properties, schemas, Names.singular(candidate) + "id", "it is called after the item"))
                .or(() -> USUAL.stream()
                        .flatMap(name -> byName(properties, schemas, name, "no other member looks like an id").stream())
                        .findFirst())
                .or(() -> link(item, schemas));
    }

    private static Optional<IdGuess> byName(
            Map<String, Schema<?>> properties, Schemas schemas, String name, String why) {
        return properties.entrySet().stream()
                .filter(property -> Words.alike(property.getKey()).equals(Words.alike(name)))
                .filter(property -> isScalar(property.getValue(), schemas))
                .map(property -> new IdGuess(new Place(List.of(property.getKey())), false, why))
                .findFirst();
    }

    private static boolean isScalar(Schema<?> schema, Schemas schemas) {
        return schemas.type(schema)
                .map(type -> type.equals("string") || type.equals("integer") || type.equals("number"))
                .orElse(true);
    }

    private static Optional<IdGuess> link(Schema<?> item, Schemas schemas) {
        return LINKS.stream()
                .map(Place::new)
                .filter(place -> ItemReading.inside(item, place, schemas)
                        .filter(schema -> schemas.is(schema, "string"))
                        .isPresent())
                .map(place -> new IdGuess(place, true, "the item shows no id but in this link"))
                .findFirst();
    }
}
