package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Place;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an item is updated.
 *
 * @param operation the PATCH, PUT or POST of the item
 * @param mediaType what it is sent
 * @param body the schema of that
 * @param wrap where the item sits in it
 */
record Writable(ApiOperation operation, String mediaType, Schema<?> body, Place wrap, Schemas schemas) {
    private static final List<HttpMethod> METHODS = List.of(HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.POST);
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";

    static Optional<Writable> of(Candidate candidate, Place wrap, Api api) {
        return METHODS.stream()
                .flatMap(method -> candidate.itemPath().operation(method).stream())
                .flatMap(operation -> best(operation, api.requests(operation), wrap, api.schemas()).stream())
                .findFirst();
    }

    private static Optional<Writable> best(
            ApiOperation operation, Map<String, Schema<?>> requests, Place wrap, Schemas schemas) {
        return requests.entrySet().stream()
                .min((one, other) -> Integer.compare(rank(one.getKey()), rank(other.getKey())))
                .map(request -> new Writable(operation, request.getKey(), request.getValue(), wrap, schemas));
    }

    private static int rank(String mediaType) {
        return switch (mediaType) {
            case MERGE_PATCH -> 0;
            case "application/json" -> 1;
            case JSON_PATCH -> 2;
            default -> 3;
        };
    }

    /** What follows {@code write:}; empty where the default does. */
    Optional<String> yaml() {
        return switch (operation.method()) {
            case PUT -> Optional.of("{ method: PUT }");
            case POST ->
                Optional.of(
                        mediaType.equals(MERGE_PATCH)
                                ? "{ method: POST, format: merge-patch }"
                                : "{ method: POST, format: json }");
            default ->
                switch (mediaType) {
                    case MERGE_PATCH -> Optional.empty();
                    case JSON_PATCH -> Optional.of("{ format: json-patch }");
                    default -> Optional.of("{ format: json }");
                };
        };
    }

    String why() {
        String sends = operation.name() + " takes " + Words.inLine(mediaType) + ".";
        return switch (operation.method()) {
            case PUT ->
                sends + " It is taken to replace the whole item, which is read first and put back changed;"
                        + " write `replace: no` if it merges.";
            case POST -> sends + " It is taken for an update with a partial object.";
            default ->
                rank(mediaType) < 3
                        ? sends
                        : sends + " The gateway sends application/json: try whether the upstream takes that.";
        };
    }

    /** Whether the update takes a member; true where the document does not say. */
    boolean takes(Place place) {
        if (mediaType.equals(JSON_PATCH)) {
            return true;
        }
        Schema<?> item = ItemReading.inside(body, wrap, schemas).orElse(body);
        if (!schemas.namesProperties(item)) {
            return true;
        }
        return ItemReading.inside(item, place, schemas)
                .filter(schema -> !schemas.isReadOnly(schema))
                .isPresent();
    }
}
