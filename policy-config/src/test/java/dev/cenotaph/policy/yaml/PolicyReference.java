package dev.cenotaph.policy.yaml;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The page that says all keys of the language: the schema, as tables. */
final class PolicyReference {
    private static final String HEAD = """
            # Policy reference

            Every key of a policy file, as [the schema](../policy-config/schema/cenotaph-policy-v1.schema.json) has it, where editors
            [show the same](editor.md). How keys work together is told in [Policies](policies.md), what each problem and each warning
            means in [The command line](command-line.md#all-codes).

            This page is generated: change the schema, and run
            `./mvnw -q -pl policy-config test -Dtest=PolicyReferenceTest -Dreference.write=true`.
            """;

    private final JsonNode schema;
    private final StringBuilder page = new StringBuilder(HEAD);

    private PolicyReference(JsonNode schema) {
        this.schema = schema;
    }

    static String page(JsonNode schema) {
        var reference = new PolicyReference(schema);
        reference.file();
        return reference.page.toString();
    }

    private void file() {
        heading("##", "The file", schema);
        table(schema);
        JsonNode resource = definition("resource");
        heading("##", "A resource", resource);
        table(resource);
        sections("", resource);
        heading("##", "Places, templates and names", "What stands for these words in the tables above.");
        page.append("| | |\n|---|---|\n");
        schema.get("definitions")
                .propertyStream()
                .filter(entry -> isKind(entry.getKey()) && entry.getValue().has("description"))
                .forEach(entry -> page.append("| <a id=\"%s\"></a>%s | %s |\n"
                        .formatted(entry.getKey(), words(entry.getKey()), description(entry.getValue()))));
    }

    private void heading(String level, String title, JsonNode described) {
        heading(level, title, description(described));
    }

    private void heading(String level, String title, String text) {
        page.append("\n").append(level).append(" ").append(title).append("\n\n");
        page.append(text).append("\n\n");
    }

    /** A section for each map that a key takes, and for the maps inside. */
    private void sections(String prefix, JsonNode map) {
        map.path("properties")
                .propertyStream()
                .forEach(property -> inner(property.getValue()).ifPresent(inner -> {
                    String name = prefix + property.getKey();
                    heading("###", "`" + name + "`", property.getValue());
                    table(inner);
                    sections(name + ".", inner);
                }));
    }

    private void table(JsonNode map) {
        page.append("| key | takes | default | |\n|---|---|---|---|\n");
        map.get("properties")
                .propertyStream()
                .forEach(property -> page.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                property.getKey(),
                                takes(property.getValue()),
                                isRequired(map, property.getKey()) ? "*required*" : defaultOf(property.getValue()),
                                description(property.getValue()))));
    }

    private static boolean isRequired(JsonNode map, String key) {
        return map.path("required")
                .valueStream()
                .anyMatch(required -> required.asString().equals(key));
    }

    private String defaultOf(JsonNode property) {
        JsonNode value = found(property, "default").orElse(schema.path("none"));
        return value.isMissingNode() || value.isObject() ? "" : code(value);
    }

    private String description(JsonNode described) {
        String text = found(described, "description").map(JsonNode::asString).orElse("");
        String examples = found(described, "examples")
                .map(values -> " Such as "
                        + values.valueStream().map(PolicyReference::code).collect(Collectors.joining(", ")) + ".")
                .orElse("");
        return cell(text + examples);
    }

    /** What the node itself says, or what it refers to. */
    private Optional<JsonNode> found(JsonNode node, String keyword) {
        if (node.has(keyword)) {
            return Optional.of(node.get(keyword));
        }
        return node.has("$ref") ? found(referred(node), keyword) : Optional.empty();
    }

    /** The map of keys that a property takes, directly, as one of several forms, or in a list. */
    private Optional<JsonNode> inner(JsonNode property) {
        if (property.has("$ref")) {
            return inner(referred(property));
        }
        if (property.has("properties")) {
            return Optional.of(property);
        }
        if (property.has("items")) {
            return inner(property.get("items"));
        }
        return property.path("oneOf")
                .valueStream()
                .flatMap(form -> inner(form).stream())
                .findFirst();
    }

    private String takes(JsonNode node) {
        if (node.has("$ref")) {
            String name = name(node);
            return isKind(name) && definition(name).has("description")
                    ? "[%s](#%s)".formatted(words(name), name)
                    : takes(referred(node));
        }
        if (node.has("const")) {
            return code(node.get("const"));
        }
        if (node.has("enum")) {
            return node.get("enum").valueStream().map(PolicyReference::code).collect(Collectors.joining(", "));
        }
        if (node.has("not")) {
            return "nothing yet";
        }
        if (node.has("allOf")) {
            return takes(node.get("allOf").get(0));
        }
        return node.has("type") ? ofType(node) : oneOf(node);
    }

    private String ofType(JsonNode node) {
        if (node.get("type").isArray()) {
            return node.get("type")
                    .valueStream()
                    .map(type -> type(type.asString()))
                    .collect(Collectors.joining(", "));
        }
        String type = node.get("type").asString();
        if (!type.equals("array")) {
            return type(type);
        }
        return node.has("items") ? "a list: " + takes(node.get("items")) : "an empty list";
    }

    private static String type(String type) {
        return switch (type) {
            case "object" -> "a map";
            case "string" -> "a text";
            case "boolean" -> "a boolean";
            case "null" -> "null";
            default -> "a " + type;
        };
    }

    private String oneOf(JsonNode node) {
        JsonNode first = node.get("oneOf").get(0);
        JsonNode second = node.get("oneOf").get(1);
        return second.path("items").equals(first)
                ? takes(first) + ", or a list of them"
                : takes(first) + ", or " + takes(second);
    }

    /** A form that values have, and no key of a resource. */
    private boolean isKind(String name) {
        return !name.equals("resource")
                && !definition("resource").get("properties").has(name);
    }

    private JsonNode definition(String name) {
        return schema.get("definitions").get(name);
    }

    private JsonNode referred(JsonNode reference) {
        return definition(name(reference));
    }

    private static String name(JsonNode reference) {
        return reference.get("$ref").asString().replace("#/definitions/", "");
    }

    private static String words(String name) {
        return name.replace('-', ' ');
    }

    private static String code(JsonNode value) {
        boolean plain = value.isString() && !value.asString().isEmpty();
        return "`" + cell(plain ? value.asString() : value.toString()) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
