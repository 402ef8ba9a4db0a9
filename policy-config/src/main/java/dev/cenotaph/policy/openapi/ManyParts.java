package dev.cenotaph.policy.openapi;

import static dev.cenotaph.policy.openapi.OverlayParts.map;

import dev.cenotaph.policy.ResourcePolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What requests for many items are in an overlay: how they name them, and what comes of each. */
final class ManyParts {
    private static final String TEXT = "string";
    private static final String OBJECT = "object";

    private final OverlayNames names;
    private final OverlayParts parts;

    ManyParts(OverlayNames names, OverlayParts parts) {
        this.names = names;
        this.parts = parts;
    }

    /** The query parameters of a DELETE of the collection that name items. */
    static List<Map<String, Object>> ids(ResourcePolicy policy) {
        var parameters = new ArrayList<Map<String, Object>>();
        for (String name : policy.expansion().ids()) {
            parameters.add(map(
                    "name",
                    name,
                    "in",
                    "query",
                    "description",
                    "The items, with `" + policy.expansion().separator() + "` between them; "
                            + policy.expansion().most() + " at most. Or name them in the body.",
                    "schema",
                    map("type", TEXT)));
        }
        return parameters;
    }

    /** A body that names items to delete. */
    static Map<String, Object> named(ResourcePolicy policy, boolean required) {
        return body(required, map("oneOf", List.of(array(policy), map("type", OBJECT, "properties", members(policy)))));
    }

    /** A body that names items of the trash, or says what they have in common. */
    static Map<String, Object> taken(ResourcePolicy policy) {
        Map<String, Object> members = members(policy);
        members.put("deleted_before", time("Trashed before then."));
        members.put("deleted_after", time("Trashed after then."));
        members.put("actor", map("type", TEXT, "description", "Trashed by this caller."));
        members.put("deletion_id", map("type", TEXT, "description", "Trashed by this deletion."));
        members.put("all", map("type", "boolean", "description", "Whatever is in the trash; `true`, and alone."));
        return body(true, map("oneOf", List.of(array(policy), map("type", OBJECT, "properties", members))));
    }

    private static Map<String, Object> body(boolean required, Map<String, Object> schema) {
        return map("required", required, "content", map("application/json", map("schema", schema)));
    }

    private static Map<String, Object> members(ResourcePolicy policy) {
        var members = new LinkedHashMap<String, Object>();
        policy.expansion().ids().forEach(name -> members.put(name, array(policy)));
        return members;
    }

    private static Map<String, Object> array(ResourcePolicy policy) {
        var id = map("oneOf", List.of(map("type", TEXT), map("type", "integer")));
        return map(
                "type", "array", "minItems", 1, "maxItems", policy.expansion().most(), "items", id);
    }

    /** What came of each, where all went well and where not. */
    Map<String, Object> answers(ResourcePolicy policy) {
        var answers = map(Integer.toString(policy.expansion().allWell()), parts.answer("Results"));
        answers.put("207", parts.answer("Results"));
        return answers;
    }

    /** The same, or the change that takes longer than a client waits. */
    Map<String, Object> answersOrJob(ResourcePolicy policy) {
        Map<String, Object> answers = answers(policy);
        answers.put("202", parts.answer("Job"));
        answers.put("400", parts.answer("Unclear"));
        return answers;
    }

    Map<String, Object> schemas() {
        return map("Results", results(), "Job", job());
    }

    private Map<String, Object> results() {
        var row = map(
                "id", map("type", TEXT),
                "item", map("type", TEXT, "description", "The item's path."),
                "status", map("type", "integer", "description", "Of a request for this item alone."),
                "state", map("type", TEXT),
                "delete_time", time("When it was trashed."),
                "purge_time", time("When it will be deleted for good."),
                "deletion_id", map("type", TEXT),
                "problem", problem());
        return map(
                "type",
                OBJECT,
                "required",
                List.of("succeeded", "failed", "results"),
                "properties",
                map(
                        "succeeded", map("type", "integer"),
                        "failed", map("type", "integer"),
                        "results", map("type", "array", "items", map("type", OBJECT, "properties", row))));
    }

    private Map<String, Object> job() {
        var failure = map("id", map("type", TEXT), "status", map("type", "integer"), "problem", problem());
        return map(
                "type",
                OBJECT,
                "properties",
                map(
                        "id", map("type", TEXT),
                        "change", map("type", TEXT),
                        "state", map("type", TEXT, "enum", List.of("running", "waiting", "done")),
                        "succeeded", map("type", "integer"),
                        "failed", map("type", "integer"),
                        "left", map("type", "integer"),
                        "start_time", time("When it began."),
                        "change_time", time("When it got on last."),
                        "failures", map("type", "array", "items", map("type", OBJECT, "properties", failure)),
                        "resume", map("type", TEXT, "description", "What to POST to, where it waits to go on.")));
    }

    /** Its own words where they are JSON: an upstream's, or a problem of the gateway's. */
    private static Map<String, Object> problem() {
        return map("description", "What a request for it alone would have been answered.");
    }

    private static Map<String, Object> time(String description) {
        return map("type", TEXT, "format", "date-time", "description", description);
    }

    Map<String, Object> responses() {
        var begun = json("The change is under way.", "Job");
        begun.put(
                "headers",
                map("Location", map("description", "Where its progress is read.", "schema", map("type", TEXT))));
        return map(
                "Results",
                json("What came of each item.", "Results"),
                "Job",
                begun,
                "Progress",
                json("How far the change has come.", "Job"));
    }

    private Map<String, Object> json(String description, String schema) {
        return map(
                "description",
                description,
                "content",
                map("application/json", map("schema", map("$ref", names.reference("schemas", schema)))));
    }
}
