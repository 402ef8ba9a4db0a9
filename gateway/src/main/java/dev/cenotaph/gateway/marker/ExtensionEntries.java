package dev.cenotaph.gateway.marker;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.ExtensionValue;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bodies of a key-value sub-resource. The entries are the body's array, or the array in its {@code data} member, or
 * in the only member that holds one; a single entry may stand in {@code data} or alone.
 */
final class ExtensionEntries {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DATA = "data";
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * Our entry at the upstream.
     *
     * @param id as it stands in a path
     * @param json the whole entry
     */
    record Entry(String id, MarkerReading reading, String json) {}

    private final Marker.ExtensionResource marker;

    ExtensionEntries(Marker.ExtensionResource marker) {
        this.marker = marker;
    }

    /** The body of a new entry. */
    byte[] entry(Instant deleteTime) {
        ObjectNode entry = JSON.createObjectNode();
        marker.namespace().ifPresent(namespace -> entry.put("namespace", namespace));
        entry.put(marker.keyName(), marker.key());
        switch (marker.value()) {
            case ExtensionValue.Fixed fixed ->
                entry.set(marker.valueName(), JSON.readTree(fixed.value().json()));
            case ExtensionValue.DeleteTime time ->
                entry.put(
                        marker.valueName(),
                        DateTimeFormatter.ISO_INSTANT.format(deleteTime.truncatedTo(ChronoUnit.MILLIS)));
        }
        return JSON.writeValueAsBytes(entry);
    }

    /** Our entry in a body, if it is there. */
    Optional<Entry> find(byte[] body) {
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return candidates(document).stream()
                .filter(this::isOurs)
                .map(node -> new Entry(node.path("id").asString(""), reading(node), node.toString()))
                // An upstream's word becomes part of a URL that is deleted: nothing that could lead elsewhere.
                .filter(entry -> ENTRY_ID.matcher(entry.id()).matches())
                .findFirst();
    }

    private boolean isOurs(JsonNode node) {
        return node.path(marker.keyName()).asString("").equals(marker.key())
                && marker.namespace()
                        .map(namespace -> node.path("namespace").asString("").equals(namespace))
                        .orElse(true);
    }

    private MarkerReading reading(JsonNode entry) {
        JsonNode value = entry.path(marker.valueName());
        return switch (marker.value()) {
            case ExtensionValue.Fixed fixed ->
                value.asString("").equals(JSON.readTree(fixed.value().json()).asString(""))
                        ? new MarkerReading.Trashed(Optional.empty())
                        : new MarkerReading.Live();
            case ExtensionValue.DeleteTime time ->
                value.asString("").isEmpty() ? new MarkerReading.Live() : new MarkerReading.Trashed(Optional.empty());
        };
    }

    private static List<JsonNode> candidates(JsonNode document) {
        JsonNode array = document.isArray() ? document : document.path(DATA);
        if (array.isArray()) {
            return List.copyOf(array.values());
        }
        if (array.isObject()) {
            return List.of(array);
        }
        List<JsonNode> arrays =
                document.values().stream().filter(JsonNode::isArray).toList();
        if (arrays.size() == 1) {
            return new ArrayList<>(arrays.getFirst().values());
        }
        return document.isObject() ? List.of(document) : List.of();
    }
}
