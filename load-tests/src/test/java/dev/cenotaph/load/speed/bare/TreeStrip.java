package dev.cenotaph.load.speed.bare;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Takes trashed rows out of a list by way of a tree. */
final class TreeStrip {
    private final JsonMapper json = JsonMapper.shared();

    byte[] strip(byte[] list) {
        ArrayNode kept = json.createArrayNode();
        for (JsonNode row : json.readTree(list)) {
            JsonNode deletedAt = row.get("deleted_at");
            if (deletedAt == null || deletedAt.isNull()) {
                kept.add(row);
            }
        }
        return json.writeValueAsBytes(kept);
    }
}
