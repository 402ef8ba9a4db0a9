package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Revisions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an overlay adds besides the trash and its restores: many items at once, revisions, snapshots. */
final class AddedPaths {
    private final Overlay overlay;
    private final OverlayNames names;
    private final OverlayParts parts;
    private final ManyParts many;
    private final ApiPath item;
    private final ResourcePolicy policy;
    private final TrashPaths trash;

    /** @param item one of the policy's items, as the document has it */
    AddedPaths(
            Overlay overlay,
            OverlayNames names,
            OverlayParts parts,
            ManyParts many,
            ApiPath item,
            ResourcePolicy policy) {
        this.overlay = overlay;
        this.names = names;
        this.parts = parts;
        this.many = many;
        this.item = item;
        this.policy = policy;
        this.trash = new TrashPaths(policy, item);
    }

    /** Revisions lie below each path that an item has. */
    void ofItem() {
        if (policy.revisions().isEmpty()) {
            return;
        }
        String list = (item.text().endsWith("/")
                        ? item.text().substring(0, item.text().length() - 1)
                        : item.text())
                + "/" + Revisions.SEGMENT;
        var page = beside("get", "listRevisions", "Its revisions, newest first");
        page.put("parameters", OverlayParts.pages());
        page.put("responses", orGone(OverlayParts.map("200", parts.answer("Revisions"))));
        add(list, "get", page);
        var one = beside("get", "getRevision", "One of its revisions");
        one.put("responses", ofRevision());
        add(list + "/{number}", "get", one);
        var current = beside(
                item.item().getPatch() == null ? "put" : "patch",
                "makeRevisionCurrent",
                "Writes a revision back, as the current one");
        current.put(
                "requestBody",
                OverlayParts.map(
                        "required",
                        true,
                        "content",
                        OverlayParts.map(
                                "application/json",
                                OverlayParts.map(
                                        "schema",
                                        OverlayParts.map(
                                                "type",
                                                "object",
                                                "properties",
                                                OverlayParts.map(
                                                        "is_current",
                                                        OverlayParts.map(
                                                                "type", "boolean", "enum", List.of(true))))))));
        Map<String, Object> answers = ofRevision();
        answers.put("409", parts.answer("Conflict"));
        current.put("responses", answers);
        add(list + "/{number}", "patch", current);
    }

    private Map<String, Object> ofRevision() {
        var none = OverlayParts.map("description", "There is no such revision.");
        return orGone(OverlayParts.map("200", parts.answer("Revision"), "404", none));
    }

    private Map<String, Object> orGone(Map<String, Object> answers) {
        answers.putIfAbsent(Integer.toString(policy.answers().gone()), parts.answer("Gone"));
        return answers;
    }

    /** @param collection the collection's path in the document; empty where it has none */
    void ofCollection(Optional<String> collection) {
        if (policy.collectionDelete() == CollectionDelete.EXPAND) {
            String path = collection.orElseGet(trash::collection);
            deleteMany(path);
            policy.expansion().paths().forEach(dialect -> batchDelete(withoutSlash(path) + dialect));
        }
        if (policy.answers().delete() == Answers.Delete.PASS) {
            return;
        }
        changeTrash("restore", "Restores from the trash what is named", trash.stem() + ":restore");
        if (policy.permanent().allow() != Permanent.Allow.NEVER) {
            changeTrash("purge", "Deletes for good what is named and in the trash", trash.stem() + ":purge");
        }
        if (trash.namesParents()) {
            jobs(trash.stem() + ":jobs/{job}");
        }
        if (policy.marker() instanceof Marker.Snapshot && trash.namesParents()) {
            trash.snapshots().ifPresent(this::snapshots);
        }
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void deleteMany(String path) {
        var delete = beside("delete", "deleteMany", "Deletes what is named");
        delete.put("parameters", ManyParts.ids(policy));
        delete.put("requestBody", ManyParts.named(policy, false));
        delete.put("responses", manyAnswers());
        add(path, "delete", delete);
    }

    private void batchDelete(String path) {
        var delete = beside("delete", "batchDelete", "Deletes what is named");
        delete.put("requestBody", ManyParts.named(policy, true));
        delete.put("responses", manyAnswers());
        add(path, "post", delete);
    }

    private Map<String, Object> manyAnswers() {
        Map<String, Object> answers = many.answers(policy);
        answers.put("400", parts.answer("Unclear"));
        return answers;
    }

    private void changeTrash(String verb, String summary, String path) {
        var change = beside("delete", verb + "Many", summary);
        change.put("requestBody", ManyParts.taken(policy));
        change.put("responses", many.answersOrJob(policy));
        add(path, "post", change);
    }

    private void jobs(String path) {
        var none = OverlayParts.map("description", "There is no such change of this caller's.");
        var progress = beside("delete", "getManyProgress", "How far a change of many items has come");
        progress.put("responses", OverlayParts.map("200", parts.answer("Progress"), "404", none));
        add(path, "get", progress);
        var resume = beside("delete", "resumeMany", "Goes on with a change of many items that waits");
        resume.put(
                "responses",
                OverlayParts.map(
                        "200", parts.answer("Progress"),
                        "202", parts.answer("Job"),
                        "404", none,
                        "409", parts.answer("Conflict")));
        add(path, "post", resume);
    }

    private void snapshots(String list) {
        var all = beside("get", "listSnapshots", "The snapshots of an item: one while it is in the trash, none else");
        all.put("responses", OverlayParts.map("200", OverlayParts.map("description", "The snapshots.")));
        add(list, "get", all);
        String latest = list + "/latest";
        var get = beside("get", "getSnapshot", "The snapshot of a trashed item");
        get.put(
                "responses",
                OverlayParts.map(
                        "200",
                        overlay.item(item, "The item as it was."),
                        "404",
                        OverlayParts.map("description", "The item is not in the trash.")));
        add(latest, "get", get);
        var restore = beside("delete", "restoreSnapshot", "Restores from the trash");
        restore.put(
                "responses",
                OverlayParts.map("200", overlay.item(item, "The item, live again."), "409", parts.answer("Conflict")));
        add(latest + ":restore", "post", restore);
    }

    private Map<String, Object> beside(String method, String verb, String summary) {
        return overlay.operation(
                item, method, names.operationId(verb, policy.name()), summary + ": " + policy.name() + ".");
    }

    private void add(String path, String method, Map<String, Object> operation) {
        var operations = new LinkedHashMap<String, Object>();
        operations.put(method, operation);
        overlay.addIfAbsent(item, path, operations);
    }
}
