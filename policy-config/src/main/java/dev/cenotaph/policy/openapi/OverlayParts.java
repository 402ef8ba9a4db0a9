package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters, answers and components that an overlay adds, as plain maps. */
final class OverlayParts {
    private static final String TEXT = "string";

    private final OverlayNames names;

    OverlayParts(OverlayNames names) {
        this.names = names;
    }

    static Map<String, Object> flag(String name, String description) {
        return map(
                "name",
                name,
                "in",
                "query",
                "description",
                description,
                "schema",
                map("type", "boolean", "default", false));
    }

    static List<Map<String, Object>> include(ResourcePolicy policy) {
        return flags(policy.trash().include(), "Trashed items, too.");
    }

    static List<Map<String, Object>> only(ResourcePolicy policy) {
        return flags(policy.trash().only(), "Trashed items alone.");
    }

    /** What links to filled pages hold. */
    static List<Map<String, Object>> page(ResourcePolicy policy) {
        return policy.list().pages().refills()
                ? List.of(map(
                        "name",
                        Pages.PARAMETER,
                        "in",
                        "query",
                        "description",
                        "Where the page begins, as a link of the page before it says; opaque.",
                        "schema",
                        map("type", "string")))
                : List.of();
    }

    static List<Map<String, Object>> allowMissing(ResourcePolicy policy) {
        return flags(policy.answers().allowMissing(), "Succeeds, too, where there is nothing left to delete.");
    }

    /** On a PATCH that is a restore with one of them. */
    static List<Map<String, Object>> restoring(ResourcePolicy policy) {
        var asking = new ArrayList<>(policy.trash().include());
        asking.addAll(policy.trash().only());
        return flags(asking, "A trashed item is restored, if the body holds the marker's live value alone.");
    }

    private static List<Map<String, Object>> flags(List<String> names, String description) {
        var flags = new ArrayList<Map<String, Object>>();
        for (String name : names) {
            String same = flags.isEmpty() ? description : "The same as `" + names.getFirst() + "`.";
            flags.add(flag(name, same));
        }
        return flags;
    }

    static List<Map<String, Object>> permanent(ResourcePolicy policy) {
        return switch (policy.permanent().allow()) {
            case ALWAYS -> List.of(flag(policy.permanent().parameter(), "Deletes for good."));
            case TRASHED ->
                List.of(flag(policy.permanent().parameter(), "Deletes for good what is in the trash already."));
            case NEVER -> List.of();
        };
    }

    static List<Map<String, Object>> pages() {
        return List.of(
                map(
                        "name",
                        "page_size",
                        "in",
                        "query",
                        "description",
                        "At most 1000.",
                        "schema",
                        map("type", "integer", "minimum", 1, "default", 100)),
                map(
                        "name",
                        "page_token",
                        "in",
                        "query",
                        "description",
                        "The `next_page_token` of the page before.",
                        "schema",
                        map("type", TEXT)));
    }

    Map<String, Object> answer(String kind) {
        return map("$ref", names.reference("responses", kind));
    }

    Map<String, Object> headers() {
        return map(
                "Cenotaph-State", map("$ref", names.reference("headers", "State")),
                "Cenotaph-Deleted-At", map("$ref", names.reference("headers", "DeletedAt")),
                "Cenotaph-Purge-At", map("$ref", names.reference("headers", "PurgeAt")),
                "Cenotaph-Deletion-Id", map("$ref", names.reference("headers", "DeletionId")));
    }

    Map<String, Object> componentHeaders() {
        return named(map(
                "State", header("`trashed`.", map("type", TEXT)),
                "DeletedAt", header("When the item was trashed.", time()),
                "PurgeAt", header("When it will be deleted for good; not there if it is kept.", time()),
                "DeletionId", header("One deletion, from trash to restore.", map("type", TEXT))));
    }

    private static Map<String, Object> header(String description, Map<String, Object> schema) {
        return map("description", description, "schema", schema);
    }

    Map<String, Object> componentSchemas() {
        return named(map(
                "Problem",
                problem(),
                "Trash",
                trash(),
                "Cascade",
                cascade(),
                "Revision",
                object(revision(true)),
                "Revisions",
                revisions()));
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        return map("type", "object", "properties", properties);
    }

    private static Map<String, Object> cascade() {
        var item = map(
                "resource", map("type", TEXT),
                "id", map("type", TEXT),
                "path", map("type", TEXT),
                "delete_time", time(),
                "deletion_id", map("type", TEXT));
        return object(map(
                "state", map("type", TEXT),
                "deletion_id", map("type", TEXT),
                "complete", map("type", "boolean"),
                "obstacle", map("type", TEXT, "description", "What stands in the way of the rest."),
                "count", map("type", "integer"),
                "items", map("type", "array", "items", object(item))));
    }

    private static Map<String, Object> revision(boolean withBody) {
        var revision = map(
                "number", map("type", "integer"),
                "create_time", time(),
                "is_current", map("type", "boolean"),
                "revision", map("type", TEXT, "description", "Its path."));
        if (withBody) {
            revision.put("content_type", map("type", TEXT));
            revision.put("body", map("description", "The item as it was."));
        }
        return revision;
    }

    private static Map<String, Object> revisions() {
        return object(map(
                "revisions",
                map("type", "array", "items", object(revision(false))),
                "next_page_token",
                map("type", TEXT)));
    }

    private static Map<String, Object> problem() {
        return map(
                "type",
                "object",
                "description",
                "A problem (RFC 9457).",
                "properties",
                map(
                        "type", map("type", TEXT, "format", "uri-reference"),
                        "title", map("type", TEXT),
                        "status", map("type", "integer"),
                        "detail", map("type", TEXT),
                        "instance", map("type", TEXT),
                        "state", map("type", TEXT),
                        "delete_time", time(),
                        "purge_time", time(),
                        "deletion_id", map("type", TEXT),
                        "code", map("type", TEXT, "description", "Of a second DELETE, where it has a name."),
                        "restore", map("type", TEXT, "description", "What to POST to for the item to come back.")));
    }

    private static Map<String, Object> trash() {
        var row = map(
                "id", map("type", TEXT),
                "item", map("type", TEXT, "description", "The item's path."),
                "state", map("type", TEXT),
                "delete_time", time(),
                "purge_time", time(),
                "deletion_id", map("type", TEXT),
                "deleted_by", map("type", TEXT),
                "restore", map("type", TEXT));
        return map(
                "type",
                "object",
                "required",
                List.of("trashed"),
                "properties",
                map(
                        "trashed", map("type", "array", "items", map("type", "object", "properties", row)),
                        "next_page_token", map("type", TEXT)));
    }

    private static Map<String, Object> time() {
        return map("type", TEXT, "format", "date-time");
    }

    Map<String, Object> componentResponses() {
        return named(map(
                "Gone",
                problem("The item, or one above it, is in the trash.", true),
                "Conflict",
                problem("The state of the item does not allow it, or another change is under way.", false),
                "Draining",
                problem("No new deletes are taken here for now.", false),
                "NotAllowed",
                problem("No rule lets this DELETE through.", false),
                "GoneIfMatch",
                problem(
                        "The item is in the trash and the request has an `If-Match`, or one above it is there. Without"
                                + " an `If-Match`, the item is restored and written.",
                        true),
                "Missing",
                map("description", "There was nothing to delete, and the request allows for that."),
                "TrashedWithAll",
                map(
                        "description",
                        "The item is in the trash, and what followed it.",
                        "headers",
                        headers(),
                        "content",
                        json("Cascade")),
                "Following",
                map(
                        "description",
                        "What lies below is still on its way; `complete` is false. Ask again to learn how far it is.",
                        "content",
                        json("Cascade")),
                "Revisions",
                map("description", "A page of revisions.", "content", json("Revisions")),
                "Revision",
                map("description", "The revision.", "content", json("Revision")),
                "Unclear",
                problem("The request does not say plainly which items it means. Nothing was done.", false),
                "BatchRefused",
                problem("A part of the batch deletes what may only be deleted by a request of its own.", false),
                "Trashed",
                map("description", "The item is in the trash.", "headers", headers())));
    }

    private Map<String, Object> json(String schema) {
        return map("application/json", map("schema", map("$ref", names.reference("schemas", schema))));
    }

    private Map<String, Object> problem(String description, boolean withHeaders) {
        var response = map("description", description);
        if (withHeaders) {
            response.put("headers", headers());
        }
        response.put(
                "content",
                map("application/problem+json", map("schema", map("$ref", names.reference("schemas", "Problem")))));
        return response;
    }

    Map<String, Object> named(Map<String, Object> parts) {
        var named = new LinkedHashMap<String, Object>();
        parts.forEach((kind, part) -> named.put(names.component(kind), part));
        return named;
    }

    /** Keys and values, in this order. */
    static Map<String, Object> map(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i].toString(), entries[i + 1]);
        }
        return map;
    }
}
