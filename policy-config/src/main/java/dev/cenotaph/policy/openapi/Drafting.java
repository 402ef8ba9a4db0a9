package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Drafts all resources of an API. */
final class Drafting {
    private final Api api;
    private final Sightings sightings;
    private final Candidates candidates;
    private final Set<String> shapes;
    private final Map<Candidate, ItemReading> readings = new LinkedHashMap<>();
    private final Map<Candidate, List<ApiOperation>> below = new LinkedHashMap<>();
    private final Set<String> things = new HashSet<>();
    private final Set<ApiPath> taken = new HashSet<>();

    Drafting(Api api) {
        this.api = api;
        sightings = new Sightings(api);
        candidates = new Candidates(api);
        shapes = api.paths().stream()
                .flatMap(path -> path.template().stream())
                .map(Candidates::shape)
                .collect(Collectors.toSet());
        take();
        for (Candidate candidate : candidates.items()) {
            ItemReading reading = ItemReading.of(candidate, api);
            readings.put(candidate, reading);
            reading.item().flatMap(api.schemas()::name).ifPresent(things::add);
        }
        findBelow();
    }

    Api api() {
        return api;
    }

    Sightings sightings() {
        return sightings;
    }

    Candidates candidates() {
        return candidates;
    }

    ItemReading reading(Candidate candidate) {
        return readings.computeIfAbsent(candidate, its -> ItemReading.of(its, api));
    }

    /** The kinds of all items. */
    Set<String> things() {
        return things;
    }

    List<ResourceDraft> drafts() {
        var names = new HashSet<String>();
        return candidates.items().stream()
                .filter(candidate -> above(candidate.delete()).isEmpty() || !isBelowOnly(candidate))
                .map(candidate -> new ResourceDrafting(this, candidate).draft(Names.unique(candidate, names)))
                .toList();
    }

    /** What has no GET of its own and lies below an item: a link rather than an item. */
    private boolean isBelowOnly(Candidate candidate) {
        return candidate
                        .itemPath()
                        .operation(HttpMethod.GET)
                        .flatMap(api::answer)
                        .isEmpty()
                && (onlyUnlinks(candidate.delete())
                        || candidate.itemPath().operation(HttpMethod.GET).isEmpty());
    }

    /** The nearest item that a DELETE lies below, if it is no item's itself. */
    private Optional<Candidate> above(ApiOperation delete) {
        return delete.path()
                .template()
                .flatMap(template -> candidates.items().stream()
                        .filter(candidate -> candidate.isAbove(template))
                        .max(Comparator.comparingInt(
                                candidate -> candidate.item().segments().size())));
    }

    /** Whether a DELETE is told beside the item that it lies below. */
    boolean isBelowAny(ApiOperation delete) {
        return above(delete).isPresent();
    }

    /** The DELETEs below an item that no resource of their own governs. */
    List<ApiOperation> below(Candidate item) {
        return below.getOrDefault(item, List.of());
    }

    private void findBelow() {
        candidates.items().stream()
                .filter(this::isBelowOnly)
                .map(Candidate::delete)
                .forEach(this::addBelow);
        candidates.others().stream()
                .filter(delete -> candidates.items().stream().noneMatch(candidate -> isCollectionOf(delete, candidate)))
                .forEach(this::addBelow);
    }

    private void addBelow(ApiOperation delete) {
        above(delete)
                .ifPresent(item ->
                        below.computeIfAbsent(item, its -> new ArrayList<>()).add(delete));
    }

    static boolean isCollectionOf(ApiOperation delete, Candidate candidate) {
        return delete.path()
                .template()
                .map(Candidates::shape)
                .filter(Candidates.shape(candidate.collection())::equals)
                .isPresent();
    }

    /** A pair of PUT and DELETE that carry nothing: a star, a membership. */
    boolean onlyUnlinks(ApiOperation delete) {
        return delete.path()
                .operation(HttpMethod.PUT)
                .filter(put -> put.operation().getRequestBody() == null)
                .isPresent();
    }

    boolean has(List<Segment> path) {
        return shapes.contains(Candidates.shape(TemplateText.of(path)));
    }

    private void take() {
        Set<String> ofItems = candidates.items().stream()
                .flatMap(candidate -> Stream.of(candidate.item(), candidate.collection()))
                .map(Candidates::shape)
                .collect(Collectors.toSet());
        api.paths().stream()
                .filter(path -> path.template()
                        .map(Candidates::shape)
                        .filter(ofItems::contains)
                        .isPresent())
                .forEach(taken::add);
    }

    /** Whether a path is an item's or a collection's. */
    boolean isTaken(ApiPath path) {
        return taken.contains(path);
    }

    /** A sub-resource of keys and values that has room for a marker. */
    Optional<MarkerGuess> subResourceMarker(Candidate candidate) {
        return api.paths().stream()
                .filter(path -> path.template()
                        .filter(template -> isDirectlyBelow(template, candidate))
                        .isPresent())
                .filter(path -> path.operation(HttpMethod.POST).isPresent())
                .flatMap(path -> keyValue(path).stream())
                .findFirst();
    }

    private static boolean isDirectlyBelow(PathTemplate template, Candidate candidate) {
        List<Segment> segments = Candidates.stem(template);
        List<Segment> item = Candidates.stem(candidate.item());
        return segments.size() == item.size() + 1
                && segments.getLast() instanceof Literal
                && candidate.isAbove(template)
                && template.variables().equals(candidate.item().variables());
    }

    private Optional<MarkerGuess> keyValue(ApiPath path) {
        Map<String, Schema<?>> members = path.operation(HttpMethod.POST).stream()
                .flatMap(post -> api.requests(post).values().stream())
                .findFirst()
                .map(api.schemas()::properties)
                .orElse(Map.of());
        if (!members.containsKey("key") || !members.containsKey("value")) {
            return Optional.empty();
        }
        String namespace = members.containsKey("namespace") ? "namespace: cenotaph, " : "";
        String yaml = "{ extension: { resource: "
                + Yaml.quoted(path.template().orElseThrow().text()) + ", " + namespace
                + "key: deleted_at, value: timestamp } }";
        String why = "`" + Words.inLine(path.text()) + "` holds keys and values, and takes one more";
        return Optional.of(new MarkerGuess(yaml, why, 200));
    }
}
