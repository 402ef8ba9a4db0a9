package dev.cenotaph.policy.marker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An upstream that takes writes by the letter of the RFCs, with a tree of its own. */
final class Upstream {
    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    /** What an upstream does with {@code application/json}. */
    enum Json {
        REPLACE,
        MERGE_OUTER,
        MERGE_DEEPLY
    }

    private static final int DEEPLY = 99;

    private final Json json;
    private final int wraps;

    /**
     * @param wraps how many objects are around the item
     */
    Upstream(Json json, int wraps) {
        this.json = json;
        this.wraps = wraps;
    }

    /** The document after a write. */
    byte[] apply(byte[] document, MarkerWrite write) {
        JsonNode body = JACKSON.readTree(write.body());
        return switch (write.mediaType()) {
            case "application/merge-patch+json" -> bytes(merge(JACKSON.readTree(document), body, true, DEEPLY));
            case "application/json-patch+json" -> bytes(patch(JACKSON.readTree(document), (ArrayNode) body));
            case "application/json" ->
                json == Json.REPLACE
                        ? write.body()
                        : bytes(merge(
                                JACKSON.readTree(document),
                                body,
                                false,
                                json == Json.MERGE_DEEPLY ? DEEPLY : 1 + wraps));
            default -> throw new AssertionError(write.mediaType());
        };
    }

    static JsonNode tree(byte[] document) {
        return JACKSON.readTree(document);
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(UTF_8);
    }

    private static JsonNode merge(JsonNode target, JsonNode patch, boolean nullRemoves, int levels) {
        if (levels == 0 || !(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : JACKSON.createObjectNode();
        changes.properties().forEach(change -> {
            if (nullRemoves && change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                JsonNode old = result.path(change.getKey());
                result.set(change.getKey(), merge(old, change.getValue(), nullRemoves, levels - 1));
            }
        });
        return result;
    }

    private static JsonNode patch(JsonNode target, ArrayNode operations) {
        for (JsonNode operation : operations) {
            List<String> path =
                    List.of(operation.get("path").stringValue().substring(1).split("/", -1));
            JsonNode holder = target;
            for (String token : path.subList(0, path.size() - 1)) {
                holder = holder.isArray() ? holder.get(Integer.parseInt(token)) : holder.get(token);
            }
            apply(operation, holder, path.getLast());
        }
        return target;
    }

    private static void apply(JsonNode operation, JsonNode holder, String token) {
        String name = operation.get("op").stringValue();
        JsonNode old = holder instanceof ArrayNode array
                ? token.equals("-") ? null : array.get(Integer.parseInt(token))
                : holder.get(token);
        if (old == null && !name.equals("add")) {
            throw new AssertionError("nothing to " + operation);
        }
        if (name.equals("test")) {
            if (!operation.get("value").equals(old)) {
                throw new AssertionError(operation + " on " + holder);
            }
        } else if (holder instanceof ArrayNode array) {
            change(array, name, token, operation.get("value"));
        } else if (name.equals("remove")) {
            ((ObjectNode) holder).remove(token);
        } else {
            ((ObjectNode) holder).set(token, operation.get("value"));
        }
    }

    private static void change(ArrayNode array, String name, String token, JsonNode value) {
        switch (name) {
            case "add" -> array.add(value);
            case "replace" -> array.set(Integer.parseInt(token), value);
            default -> array.remove(Integer.parseInt(token));
        }
    }
}
