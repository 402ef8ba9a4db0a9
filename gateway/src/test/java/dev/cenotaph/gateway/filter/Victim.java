package dev.cenotaph.gateway.filter;

import java.util.Locale;

/** An item of one of the resources that the hostile requests go for; each request has one of its own. */
record Victim(Place place, String id) {

    /** A resource of each shape. */
    enum Place {
        PLAIN("/api/orders", "/api/orders/%s", ""),
        APPLYING("/api/parcels", "/api/parcels/%s", ""),
        NESTED("/users/5/notes", "/users/5/notes/%s", ""),
        SUFFIXED("/issues.json", "/issues/%s.json", ".json");

        private final String collection;
        private final String item;
        private final String suffix;

        Place(String collection, String item, String suffix) {
            this.collection = collection;
            this.item = item;
            this.suffix = suffix;
        }
    }

    String collection() {
        return place.collection;
    }

    String item() {
        return place.item.formatted(id);
    }

    /** The path of an item with another id. */
    String item(String otherId) {
        return place.item.formatted(otherId);
    }

    String view() {
        return "/find/" + place.name().toLowerCase(Locale.ROOT);
    }

    String trash() {
        return place.collection.replace(".json", "") + "/trashed" + place.suffix;
    }

    String trashedItem() {
        return place.collection.replace(".json", "") + "/trashed/" + id + place.suffix;
    }

    /** The collection's path up to where an id follows. */
    String directory() {
        return item().substring(0, item().lastIndexOf('/'));
    }

    /** The id with what follows it. */
    String last() {
        return item().substring(item().lastIndexOf('/') + 1);
    }

    boolean applies() {
        return place == Place.APPLYING;
    }
}
