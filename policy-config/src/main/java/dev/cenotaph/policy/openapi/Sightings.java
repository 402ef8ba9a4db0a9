package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which GETs of an API answer with arrays of which kinds. */
final class Sightings {
    private final Map<String, Map<ApiOperation, Set<SeenArray>>> byKind = new LinkedHashMap<>();

    /** The arrays of one GET that hold things of the kinds that were asked for, nearest first. */
    record Sighting(ApiOperation get, List<SeenArray> arrays) {}

    Sightings(Api api) {
        for (ApiOperation get : api.operations(HttpMethod.GET)) {
            api.answer(get)
                    .map(answer -> SeenArrays.in(answer, api.schemas(), api.kinds()))
                    .ifPresent(arrays -> arrays.forEach(array -> add(get, array)));
        }
    }

    private void add(ApiOperation get, SeenArray array) {
        var kinds = new LinkedHashSet<>(array.kinds());
        array.rows().values().forEach(kinds::addAll);
        kinds.forEach(kind -> byKind.computeIfAbsent(kind, its -> new LinkedHashMap<>())
                .computeIfAbsent(get, its -> new LinkedHashSet<>())
                .add(array));
    }

    List<Sighting> of(Set<String> kinds) {
        var found = new LinkedHashMap<ApiOperation, Set<SeenArray>>();
        for (String kind : kinds) {
            byKind.getOrDefault(kind, Map.of())
                    .forEach((get, arrays) -> found.computeIfAbsent(get, its -> new LinkedHashSet<>())
                            .addAll(arrays));
        }
        var sightings = new ArrayList<Sighting>();
        found.forEach((get, arrays) -> sightings.add(new Sighting(get, List.copyOf(arrays))));
        return sightings;
    }
}
