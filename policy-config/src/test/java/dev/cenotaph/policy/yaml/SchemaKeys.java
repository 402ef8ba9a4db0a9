package dev.cenotaph.policy.yaml;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The keys that a schema declares. */
final class SchemaKeys {
    private SchemaKeys() {}

    /** JSON Pointers of the properties that say nothing about themselves. */
    static List<String> undescribed(JsonNode schema) {
        var found = new ArrayList<String>();
        collect(schema, schema, "", found);
        return found;
    }

    private static void collect(JsonNode root, JsonNode node, String at, List<String> found) {
        boolean declares = !at.contains("/if/") && !at.contains("/else/");
        node.propertyStream().forEach(child -> {
            if (child.getKey().equals("properties") && declares && !at.endsWith("/else") && !at.endsWith("/if")) {
                child.getValue()
                        .propertyStream()
                        .filter(property -> !described(root, property.getValue()))
                        .forEach(property -> found.add(at + "/properties/" + property.getKey()));
            }
            collect(root, child.getValue(), at + "/" + child.getKey(), found);
        });
    }

    private static boolean described(JsonNode root, JsonNode property) {
        var referred =
                property.has("$ref") ? root.at(property.get("$ref").asString().substring(1)) : property;
        return referred.has("description");
    }
}
