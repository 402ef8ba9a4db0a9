package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a collection's answer shows its items.
 *
 * @param items where the array sits
 * @param row from an element to the item
 * @param element the item as the list shows it
 * @param others further arrays that it might have been
 * @param next links to the page after it
 * @param total counts of all items
 */
record ListReading(Place items, Place row, Schema<?> element, List<Place> others, List<Place> next, List<Place> total) {
    private static final List<String> USUAL = List.of(
            "data",
            "items",
            "results",
            "value",
            "values",
            "content",
            "records",
            "entries",
            "entry",
            "list",
            "rows",
            "hits",
            "elements",
            "resources",
            "member",
            "nodes",
            "edges");
    private static final Set<String> NEXT =
            Set.of("next", "nextlink", "odatanextlink", "nextpageurl", "nexturl", "nextpagelink", "nexthref");
    private static final Set<String> TOTAL = Set.of(
            "total", "totalcount", "totalitems", "totalresults", "totalelements", "odatacount", "totalsize", "count");

    static Optional<ListReading> of(Candidate candidate, Schema<?> answer, Optional<Schema<?>> item, Api api) {
        Schemas schemas = api.schemas();
        Set<String> kinds = item.flatMap(api.kinds()::of).map(Set::of).orElse(Set.of());
        List<SeenArray> arrays = SeenArrays.in(answer, schemas, api.kinds()).stream()
                .filter(SeenArray::pointed)
                .filter(array -> array.at().size() <= 3)
                .toList();
        return arrays.stream()
                .filter(array -> holdsThings(array, answer, schemas))
                .min(Comparator.comparingInt(array -> rank(array, kinds, candidate)))
                .flatMap(array -> reading(array, arrays, kinds, answer, schemas));
    }

    private static boolean holdsThings(SeenArray array, Schema<?> answer, Schemas schemas) {
        return ItemReading.inside(answer, array.place(), schemas)
                .flatMap(schemas::elements)
                .filter(element -> schemas.namesProperties(element) || schemas.isUnknown(element))
                .isPresent();
    }

    /** What shows the item's own kind, then what is called after the resource, then the usual names, then the nearest. */
    private static int rank(SeenArray array, Set<String> kinds, Candidate candidate) {
        Optional<Place> row = array.rowOf(kinds);
        if (row.isPresent()) {
            return row.get().isRoot() ? array.at().size() : 10 + array.at().size();
        }
        if (array.at().isEmpty()) {
            return 20;
        }
        String name = Words.alike(array.at().getLast());
        if (name.equals(Words.alike(Names.last(candidate)))) {
            return 30;
        }
        int usual = USUAL.indexOf(name);
        return (usual < 0 ? 100 : 40 + usual) + array.at().size();
    }

    private static Optional<ListReading> reading(
            SeenArray array, List<SeenArray> arrays, Set<String> kinds, Schema<?> answer, Schemas schemas) {
        Place row = array.rowOf(kinds).or(() -> onlyMember(array)).orElse(Place.ROOT);
        List<Place> others = arrays.stream()
                .filter(other -> !other.at().equals(array.at()) && holdsThings(other, answer, schemas))
                .map(SeenArray::place)
                .toList();
        return ItemReading.inside(answer, array.place(), schemas)
                .flatMap(schemas::elements)
                .flatMap(element -> ItemReading.inside(element, row, schemas))
                .map(element -> new ListReading(
                        array.place(),
                        row,
                        element,
                        others,
                        named(answer, NEXT, "string", schemas),
                        named(answer, TOTAL, "integer", schemas)));
    }

    /** {@code [{"hit": {…}}]}: elements whose members are hardly more than the item. */
    private static Optional<Place> onlyMember(SeenArray array) {
        return array.rows().size() == 1 && array.rows().keySet().stream().anyMatch("resource"::equals)
                ? array.rows().keySet().stream()
                        .map(name -> new Place(List.of(name)))
                        .findFirst()
                : Optional.empty();
    }

    /** Members of these names and this type, at most three steps from the top, and none below an array. */
    private static List<Place> named(Schema<?> answer, Set<String> names, String type, Schemas schemas) {
        var places = new ArrayList<Place>();
        collect(answer, Place.ROOT, names, type, schemas, places);
        return places;
    }

    private static void collect(
            Schema<?> schema, Place at, Set<String> names, String type, Schemas schemas, List<Place> places) {
        if (at.tokens().size() > 2) {
            return;
        }
        for (Map.Entry<String, Schema<?>> property : schemas.properties(schema).entrySet()) {
            Place place = at.append(new Place(List.of(property.getKey())));
            boolean named = names.contains(Words.alike(property.getKey()));
            if (named && schemas.is(property.getValue(), type)) {
                places.add(place);
            } else if (named && type.equals("string") && hasHref(property.getValue(), schemas)) {
                places.add(place.append(new Place(List.of("href"))));
            } else if (schemas.is(property.getValue(), "object")) {
                collect(property.getValue(), place, names, type, schemas, places);
            }
        }
    }

    private static boolean hasHref(Schema<?> schema, Schemas schemas) {
        return Optional.ofNullable(schemas.properties(schema).get("href"))
                .filter(href -> schemas.is(href, "string"))
                .isPresent();
    }
}
