package dev.cenotaph.load.proof;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A resource of the upstream, and how it spells trashed. */
enum Shape {
    ORDERS("deleted_at", "{ timestamp: deleted_at }", ""),
    CUSTOMERS("is_trashed", "{ flag: is_trashed }", "write: { method: PUT }"),
    USERS("status", "{ status: { field: status, trashed: archived } }", "write: { verify: read }"),
    PARTS(
            "",
            "{ extension: { resource: \"/parts/{id}/metafields\", namespace: cenotaph, key: deleted_at,"
                    + " value: timestamp } }",
            ""),
    /** Asks everybody who he is; the gateway has credentials of its own for it. */
    VAULTS("deleted_at", "{ timestamp: deleted_at }", "write: { method: PUT, verify: read }"),
    /** What is trashed is purged soon. */
    SESSIONS("deleted_at", "{ timestamp: deleted_at }", "retention: PT3S");

    private final String member;
    private final String marker;
    private final String more;

    Shape(String member, String marker, String more) {
        this.member = member;
        this.marker = marker;
        this.more = more;
    }

    String resource() {
        return name().toLowerCase(Locale.ROOT);
    }

    String collection() {
        return "/" + resource();
    }

    boolean guarded() {
        return this == VAULTS;
    }

    /** Whether retention ends by itself. */
    boolean isPurged() {
        return this == SESSIONS;
    }

    /** Whether a DELETE is verified by reading the item anew. */
    boolean readsAfterDelete() {
        return this == USERS || this == VAULTS;
    }

    /** Whether an item differs from what it was by its marker alone, and by what clients wrote into its note. */
    boolean isIntact(ObjectNode item, ObjectNode original) {
        return withoutMarker(item).equals(withoutMarker(original)) && (this != USERS || hasItsStatus(item, original));
    }

    private boolean hasItsStatus(ObjectNode item, ObjectNode original) {
        return isTrashed(item) || item.path(member).equals(original.path(member));
    }

    private ObjectNode withoutMarker(ObjectNode item) {
        ObjectNode rest = item.deepCopy();
        rest.remove(List.of(member, "note"));
        return rest;
    }

    /** Whether the item's own members mark it; those of {@link #PARTS} never do. */
    boolean isTrashed(ObjectNode item) {
        return switch (this) {
            case ORDERS, VAULTS, SESSIONS -> item.path(member).isString();
            case CUSTOMERS -> item.path(member).asBoolean(false);
            case USERS -> item.path(member).asString("").equals("archived");
            case PARTS -> false;
        };
    }

    /** What a new item has besides its id. */
    void fill(ObjectNode item, int serial) {
        item.put("serial", serial).put("note", 0);
        switch (this) {
            case CUSTOMERS -> item.put(member, false);
            case USERS -> item.put(member, "grade-" + serial % 7);
            case ORDERS, PARTS, VAULTS, SESSIONS -> item.put("total", "12.50");
        }
    }

    /** The policy file of an upstream. */
    static String policies(boolean guarded, int port) {
        String resources = Stream.of(values())
                .filter(shape -> shape.guarded() == guarded)
                .map(Shape::policy)
                .collect(Collectors.joining());
        return "version: 1\nupstream: http://127.0.0.1:" + port + "\nresources:\n" + resources.indent(2);
    }

    private String policy() {
        return """
                %s:
                  path: %s
                  marker: %s
                  %s
                """.formatted(resource(), collection(), marker, more);
    }
}
