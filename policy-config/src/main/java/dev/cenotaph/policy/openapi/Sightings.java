package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which GETs of an API answer with arrays of which kinds. */
final class Sightings {
    // What is composed in a circle has all its kinds in one set, and is not noted for each of them.
    private final IdentityHashMap<Set<String>, List<Seen>> bySet = new IdentityHashMap<>();
    private final Map<String, List<List<Seen>>> byKind = new HashMap<>();
    private int seen;

    /** The arrays of one GET that hold things of the kinds that were asked for, nearest first. */
    record Sighting(ApiOperation get, List<SeenArray> arrays) {}

    private record Seen(int order, ApiOperation get, SeenArray array) {}

    Sightings(Api api) {
        for (ApiOperation get : api.operations(HttpMethod.GET)) {
            api.answer(get)
                    .map(answer -> SeenArrays.in(answer, api.schemas(), api.kinds()))
                    .ifPresent(arrays -> arrays.forEach(array -> add(new Seen(seen++, get, array))));
        }
    }

    private void add(Seen one) {
        add(one, one.array().kinds());
        one.array().rows().values().forEach(kinds -> add(one, kinds));
    }

    private void add(Seen one, Set<String> kinds) {
        bySet.computeIfAbsent(kinds, this::noted).add(one);
    }

    private List<Seen> noted(Set<String> kinds) {
        var all = new ArrayList<Seen>();
        kinds.forEach(
                kind -> byKind.computeIfAbsent(kind, its -> new ArrayList<>()).add(all));
        return all;
    }

    /** In the order of the document. */
    List<Sighting> of(Set<String> kinds) {
        var found = new LinkedHashMap<ApiOperation, Set<SeenArray>>();
        kinds.stream()
                .flatMap(kind -> byKind.getOrDefault(kind, List.of()).stream())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Seen::order))
                .forEach(one -> found.computeIfAbsent(one.get(), its -> new LinkedHashSet<>())
                        .add(one.array()));
        var sightings = new ArrayList<Sighting>();
        found.forEach((get, arrays) -> sightings.add(new Sighting(get, List.copyOf(arrays))));
        return sightings;
    }
}
