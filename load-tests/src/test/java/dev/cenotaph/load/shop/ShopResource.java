package dev.cenotaph.load.shop;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A resource of the legacy service, as its clients know it. */
enum ShopResource {
    ORDERS("/api/orders/", "", "", "", "deleted_at"),
    CUSTOMERS("/api/customers/", "?per_page=1000", "/data", "", "is_trashed"),
    USERS("/api/users/", "", "", "", "status"),
    NOTES("/notes/", "", "", "", "deleted_at"),
    ARTICLES("/api/articles/", "", "", "", "is_trashed"),
    SETTINGS("/api/settings/", "", "", "", "deleted_at"),
    PEOPLE("/api/people/", "", "/people", "/person", "deleted_at"),
    DOCUMENTS("/api/documents/", "", "/_embedded/documents", "", "state"),
    PRODUCTS("/api/products/", "", "", "", "extension_fields"),
    PARTS("/api/parts/", "", "", "", ""),
    ISSUES("/issues/", "", "/issues", "", "is_trashed");

    private final String items;
    private final String query;
    private final String array;
    private final String row;
    private final String marker;

    ShopResource(String items, String query, String array, String row, String marker) {
        this.items = items;
        this.query = query;
        this.array = array;
        this.row = row;
        this.marker = marker;
    }

    /** The name of the resource and of its table. */
    String table() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The item that a row of the table is. */
    String itemOf(JsonNode row) {
        String collection = this == NOTES ? "/api/users/" + row.path("user_id").asString() + items : items;
        return collection + idOf(row) + suffix();
    }

    String idOf(JsonNode row) {
        String link = row.at("/_links/self/href").asString("");
        return this == DOCUMENTS
                ? link.substring(link.lastIndexOf('/') + 1)
                : row.path("id").asString();
    }

    String idIn(String item) {
        return item.substring(item.lastIndexOf('/') + 1, item.length() - suffix().length());
    }

    /** The list in which an item stands, on one page. */
    String listWith(String item) {
        return collectionOf(item) + suffix() + query;
    }

    /** The list's rows. */
    Iterable<JsonNode> rowsIn(JsonNode list) {
        return list.at(array).values().stream().map(element -> element.at(row)).toList();
    }

    String trashWith(String item) {
        return collectionOf(item) + "/trashed" + suffix();
    }

    String inTrash(String item) {
        return collectionOf(item) + "/trashed/" + idIn(item) + suffix();
    }

    /** An item of the same collection that was never there. */
    String neverBeside(String item) {
        return collectionOf(item) + "/" + "9".repeat(9) + suffix();
    }

    /** The member that holds the marker; empty where the row has none. */
    Optional<String> marker() {
        return marker.isEmpty() ? Optional.empty() : Optional.of(marker);
    }

    /** A one-item body that holds this one member. */
    String body(String member, String json) {
        String bare = "{\"" + member + "\":" + json + "}";
        return switch (this) {
            case PEOPLE -> "{\"person\":" + bare + "}";
            case ISSUES -> "{\"issue\":" + bare + "}";
            default -> bare;
        };
    }

    private static String collectionOf(String item) {
        return item.substring(0, item.lastIndexOf('/'));
    }

    private String suffix() {
        return this == ISSUES ? ".json" : "";
    }
}
