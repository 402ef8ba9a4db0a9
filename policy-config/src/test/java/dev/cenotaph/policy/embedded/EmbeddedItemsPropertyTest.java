package dev.cenotaph.policy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random documents against trees of another library. */
class EmbeddedItemsPropertyTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int RUNS = 20_000;
    private static final List<String> PLACES =
            List.of("/a", "/a/*", "/a/*/b", "/*/a", "/a/b/*", "/*/*", "/b/0", "/a/*/*/b", "/*");
    private static final List<String> TRASHED = List.of("strip", "null", "stub");
    private static final List<String> ITEMS = List.of(
            "{\"id\":9}",
            "{\"id\":1}",
            "{\"id\":2,\"gone\":true,\"a\":{\"id\":9}}",
            "{\"id\":9,\"gone\":false,\"b\":[{\"id\":99}]}",
            "{\"b\":{\"id\":9},\"id\":1,\"a\":{\"id\":1}}",
            "9",
            "1",
            "\"99\"",
            "null");

    @Test
    void placedItemsGoAsInATree() {
        var random = new Random(20261122);
        int changed = 0;
        for (int run = 0; run < RUNS; run++) {
            String place = pick(random, PLACES);
            String trashed = pick(random, TRASHED);
            String document = value(random, 3);
            JsonNode before = JSON.readTree(document);
            String rule = "{ path: /page, at: '" + place + "', trashed: " + trashed + " }";
            String after;
            try {
                after = Shown.with(rule, document);
            } catch (UntellableItemException untellable) {
                continue;
            }
            changed += after.equals(document) ? 0 : 1;
            assertThat(JSON.readTree(after))
                    .as("%s %s of %s gives %s", place, trashed, document, after)
                    .isEqualTo(oracle(before, List.of(place.substring(1).split("/")), trashed));
        }
        assertThat(changed).isGreaterThan(RUNS / 20);
    }

    /** Empty where it goes. */
    private static Optional<JsonNode> pruned(JsonNode node, List<String> tokens, String trashed) {
        if (tokens.isEmpty()) {
            return item(node, trashed);
        }
        List<String> rest = tokens.subList(1, tokens.size());
        String token = tokens.getFirst();
        if (node instanceof ArrayNode array) {
            ArrayNode left = JSON.createArrayNode();
            for (int i = 0; i < array.size(); i++) {
                boolean meant = token.equals("*") || token.equals(Integer.toString(i));
                (meant ? pruned(array.get(i), rest, trashed) : Optional.of(array.get(i))).ifPresent(left::add);
            }
            return Optional.of(left);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode left = JSON.createObjectNode();
            object.propertyStream().forEach(member -> {
                boolean meant = token.equals("*") || token.equals(member.getKey());
                (meant ? pruned(member.getValue(), rest, trashed) : Optional.of(member.getValue()))
                        .ifPresent(value -> left.set(member.getKey(), value));
            });
            return Optional.of(left);
        }
        return Optional.of(node);
    }

    private static JsonNode oracle(JsonNode document, List<String> tokens, String trashed) {
        return pruned(document, tokens, trashed).orElseGet(JSON::nullNode);
    }

    private static Optional<JsonNode> item(JsonNode node, String trashed) {
        if (node instanceof ArrayNode array) {
            ArrayNode left = JSON.createArrayNode();
            array.forEach(element -> item(element, trashed).ifPresent(left::add));
            return Optional.of(left);
        }
        JsonNode id = node.isObject() ? node.path("id") : node;
        boolean gone =
                Set.of("9", "99").contains(id.asString("")) || node.path("gone").asBoolean(false);
        if (!gone) {
            return Optional.of(node);
        }
        return switch (trashed) {
            case "strip" -> Optional.empty();
            case "null" -> Optional.of(JSON.nullNode());
            default -> Optional.of(node.isObject() ? stub(id) : node);
        };
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 6)) {
            case 0, 1 -> pick(random, ITEMS);
            case 2, 3 -> {
                var elements = new ArrayList<String>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(blank(random) + value(random, depth - 1) + blank(random));
                }
                yield "[" + String.join(",", elements) + "]";
            }
            default -> {
                var members = new ArrayList<String>();
                for (String name : List.of("a", "b", "c")) {
                    if (random.nextInt(3) > 0) {
                        members.add(blank(random) + "\"" + name + "\":" + value(random, depth - 1));
                    }
                }
                yield "{" + String.join(",", members) + blank(random) + "}";
            }
        };
    }

    private static String blank(Random random) {
        return pick(random, List.of("", "", " ", "\n  "));
    }

    private static String pick(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Whatever links to whatever: what is left names nothing that is gone, and all that was linked is linked still. */
    @Test
    void jsonApiDocumentStaysConsistent() {
        var random = new Random(7);
        int changed = 0;
        for (int run = 0; run < 5_000; run++) {
            String document = compound(random);
            String after = Shown.with("{ path: /page, type: people }", document);
            changed += after.equals(document) ? 0 : 1;
            JsonNode before = JSON.readTree(document);
            JsonNode left = JSON.readTree(after);
            assertThat(names(left)).as(after).doesNotContain("people 9", "people 99");
            var linkedBefore = linked(before);
            var linkedAfter = linked(left);
            for (String kept : included(left)) {
                assertThat(linkedAfter.contains(kept) || !linkedBefore.contains(kept))
                        .as("%s is linked in %s, which was %s", kept, after, document)
                        .isTrue();
            }
            var lost = new TreeSet<>(included(before));
            lost.removeAll(included(left));
            lost.removeIf(name -> name.equals("people 9") || name.equals("people 99"));
            assertThat(lost).as("%s, which was %s", after, document).noneMatch(linkedAfter::contains);
            assertThat(linkedBefore).containsAll(lost);
        }
        assertThat(changed).isGreaterThan(1_000);
    }

    private static String compound(Random random) {
        var included = new ArrayList<String>();
        for (String type : List.of("people", "firms")) {
            for (String id : List.of("1", "9", "99", "3")) {
                if (random.nextBoolean()) {
                    included.add(resource(random, type, id));
                }
            }
        }
        return "{\"data\":[" + resource(random, "articles", "1") + "," + resource(random, "articles", "2")
                + "],\"included\":[" + String.join(",", included) + "]}";
    }

    private static String resource(Random random, String type, String id) {
        return "{\"type\":\"" + type + "\",\"id\":\"" + id
                + "\",\"attributes\":{},\"relationships\":{\"one\":{\"data\":"
                + (random.nextInt(3) == 0 ? "null" : identifier(random)) + "},\"many\":{\"data\":["
                + (random.nextBoolean() ? identifier(random) + "," + identifier(random) : "") + "]}}}";
    }

    private static String identifier(Random random) {
        return "{\"type\":\"" + pick(random, List.of("people", "firms")) + "\",\"id\":\""
                + pick(random, List.of("1", "9", "99", "3")) + "\"}";
    }

    private static String name(JsonNode object) {
        return object.path("type").asString() + " " + object.path("id").asString();
    }

    private static Set<String> names(JsonNode document) {
        var names = new HashSet<>(included(document));
        document.path("data").forEach(object -> names.addAll(links(object)));
        document.path("included").forEach(object -> names.addAll(links(object)));
        return names;
    }

    private static Set<String> included(JsonNode document) {
        var names = new HashSet<String>();
        document.path("included").forEach(object -> names.add(name(object)));
        return names;
    }

    private static Set<String> links(JsonNode resource) {
        var names = new HashSet<String>();
        resource.path("relationships").forEach(relationship -> {
            JsonNode data = relationship.path("data");
            if (data.isObject()) {
                names.add(name(data));
            } else {
                data.forEach(identifier -> names.add(name(identifier)));
            }
        });
        return names;
    }

    /** What linkage leads to from the primary data, through what is included. */
    private static Set<String> linked(JsonNode document) {
        var linked = new HashSet<String>();
        document.path("data").forEach(object -> linked.addAll(links(object)));
        int before;
        do {
            before = linked.size();
            document.path("included").forEach(object -> {
                if (linked.contains(name(object))) {
                    linked.addAll(links(object));
                }
            });
        } while (linked.size() > before);
        return linked;
    }

    private static ObjectNode stub(JsonNode id) {
        ObjectNode stub = JSON.createObjectNode();
        stub.set("id", id);
        return stub.put("state", "trashed");
    }
}
