package dev.cenotaph.load.legacy;

import static dev.cenotaph.load.legacy.Change.ASSIGN;
import static dev.cenotaph.load.legacy.Change.JSON_PATCH;
import static dev.cenotaph.load.legacy.Change.MERGE_PATCH;
import static dev.cenotaph.load.legacy.Change.REPLACE;

import java.util.List;
import java.util.Optional;

/** Every resource of the service. */
final class Catalogue {
    /** Parents stand before their children. */
    static final List<Resource> ALL = List.of(
            Resource.named("orders", "/api/orders", "/api/orders/{id}")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .write("PUT", REPLACE)
                    .etags()
                    .build(),
            Resource.named("customers", "/api/customers", "/api/customers/{id}")
                    .column("is_trashed", "false")
                    .write("PATCH", ASSIGN)
                    .write("POST", ASSIGN)
                    .paged()
                    .build(),
            Resource.named("users", "/api/users", "/api/users/{user}")
                    .wordsForIds()
                    .column("status", "\"active\"")
                    .write("PATCH", JSON_PATCH)
                    .build(),
            Resource.named("notes", "/api/users/{user}/notes", "/api/users/{user}/notes/{id}")
                    .below("users", "user_id")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .build(),
            Resource.named("articles", "/api/articles", "/api/articles/{slug}")
                    .wordsForIds()
                    .upsert("PUT", REPLACE)
                    .etags()
                    .build(),
            Resource.named("settings", "/api/settings", "/api/settings/{id}")
                    .wordsForIds()
                    .upsert("PATCH", MERGE_PATCH)
                    .etags()
                    .build(),
            Resource.named("people", "/api/people", "/api/people/{id}")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .write("PUT", REPLACE)
                    .wrapped("person")
                    .list(ListShape.envelope("people").withRows("{\"person\":", "}"))
                    .silent()
                    .build(),
            Resource.named("documents", "/api/documents", "/api/documents/{id}")
                    .column("state", "\"draft\"")
                    .write("PATCH", MERGE_PATCH)
                    .hal()
                    .build(),
            Resource.named("products", "/api/products", "/api/products/{id}")
                    .write("PATCH", MERGE_PATCH)
                    .build(),
            Resource.named("parts", "/api/parts", "/api/parts/{id}")
                    .write("PATCH", MERGE_PATCH)
                    .build(),
            Resource.named("metafields", "/api/parts/{part}/metafields", "/api/parts/{part}/metafields/{id}")
                    .below("parts", "part_id")
                    .write("PUT", ASSIGN)
                    .unique("namespace", "key")
                    .list(ListShape.envelope("data"))
                    .answersWrapped("data")
                    .build(),
            Resource.named("issues", "/issues.json", "/issues/{id}.json")
                    .column("is_trashed", "false")
                    .write("PUT", ASSIGN)
                    .wrapped("issue")
                    .list(ListShape.envelope("issues"))
                    .silent()
                    .build(),
            Resource.named("contacts", "/api/contacts", "/api/contacts/{id}")
                    .column("status", "\"active\"")
                    .write("PATCH", MERGE_PATCH)
                    .write("PUT", REPLACE)
                    .filteredBy("status")
                    .etags()
                    .build(),
            Resource.named("vouchers", "/api/vouchers", "/api/vouchers/{id}")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .build(),
            Resource.named("invoices", "/api/invoices", "/api/invoices/{id}")
                    .column("is_trashed", "false")
                    .write("PATCH", ASSIGN)
                    .paged()
                    .build(),
            Resource.named("subscribers", "/api/subscribers", "/api/subscribers/{id}")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .unique("email")
                    .etags()
                    .build(),
            Resource.named("mailings", "/api/mailings", "/api/mailings/{id}")
                    .write("PUT", REPLACE)
                    .build(),
            Resource.named("coupons", "/api/coupons", "/api/coupons/{code}")
                    .wordsForIds()
                    .upsert("PUT", REPLACE)
                    .build(),
            Resource.named("manuals", "/api/manuals", "/api/manuals/{id}")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .write("PUT", REPLACE)
                    .etags()
                    .build(),
            Resource.named("albums", "/api/albums", "/api/albums/{id}")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .etags()
                    .build(),
            Resource.named("photos", "/api/albums/{album}/photos", "/api/albums/{album}/photos/{id}")
                    .below("albums", "album_id")
                    .column("deleted_at", "null")
                    .write("PATCH", MERGE_PATCH)
                    .build());

    private Catalogue() {}

    static Optional<Resource> named(String name) {
        return ALL.stream().filter(resource -> resource.name().equals(name)).findFirst();
    }

    static Optional<Target> find(List<String> path) {
        for (Resource resource : ALL) {
            Optional<Target> target = Target.of(resource, path);
            if (target.isPresent()) {
                return target;
            }
        }
        return Optional.empty();
    }
}
