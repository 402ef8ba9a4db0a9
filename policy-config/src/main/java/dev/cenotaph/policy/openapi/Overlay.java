package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.operation.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * An OpenAPI document as clients see the API through the gateway. What the gateway does not change stays as it was
 * written: order, descriptions, extensions, comments.
 */
public final class Overlay {
    private static final String MARK = "x-cenotaph";
    private static final Pattern BATCH = Pattern.compile("(?i)(?:/(?:\\$|%24)?|:)batch(?:\\(\\))?/?$");

    private final OpenApiDocument document;
    private final PolicySet policies;
    private final Api api;
    private final Readings readings;
    private final OverlayNames names;
    private final OverlayParts parts;
    private final ManyParts many;
    private final MappingNode root;
    private final MappingNode paths;

    private Overlay(OpenApiDocument document, PolicySet policies) {
        this.document = document;
        this.policies = policies;
        api = new Api(document);
        readings = new Readings(api, policies);
        names = new OverlayNames(document, api);
        parts = new OverlayParts(names);
        many = new ManyParts(names, parts);
        root = Nodes.copy(document.root());
        paths = Nodes.openMap(root, "paths");
    }

    /**
     * The document through the gateway, in the format in which it was written.
     *
     * @throws UnreadableDocumentException if it is such a document already
     */
    public static String of(OpenApiDocument document, PolicySet policies) {
        if (Nodes.member(document.root(), MARK).isPresent()) {
            throw new UnreadableDocumentException(
                    document.file(),
                    1,
                    1,
                    "This document is what `overlay` made.",
                    "Name the upstream's own document.");
        }
        return new Overlay(document, policies).text();
    }

    private String text() {
        api.paths().forEach(path -> acting(path).ifPresent(governed -> change(path, governed)));
        api.paths().stream()
                .filter(path -> batchesAreLookedInto() && isBatch(path))
                .forEach(this::changeBatch);
        addPaths();
        addComponents();
        Nodes.put(root, MARK, Nodes.ofAny(OverlayParts.map("policies", policies.version())));
        return document.isJson() ? JsonText.indented(document.file(), root) : YamlText.of(root);
    }

    /** What a path means, where a policy acts on it. */
    private Optional<Governed> acting(ApiPath path) {
        return readings.governed(path)
                .filter(governed -> governed.match().policy().mode().acts());
    }

    private boolean batchesAreLookedInto() {
        return policies.resources().stream().anyMatch(policy -> policy.mode().acts() && policy.batch() == Batch.REFUSE);
    }

    /** As far as its path tells. */
    private static boolean isBatch(ApiPath path) {
        return BATCH.matcher(path.text()).find();
    }

    private void changeBatch(ApiPath path) {
        MappingNode node = openPath(path);
        for (ApiOperation operation : path.operations()) {
            if (List.of("POST", "PUT", "PATCH").contains(operation.name())) {
                MappingNode changed = Nodes.openMap(node, operation.name().toLowerCase(Locale.ROOT));
                putIfAbsent(Nodes.openMap(changed, "responses"), "422", "BatchRefused");
            }
        }
    }

    private void change(ApiPath path, Governed governed) {
        MappingNode node = openPath(path);
        for (ApiOperation operation : path.operations()) {
            if (operation.name().equals("OPTIONS") || operation.name().equals("TRACE")) {
                continue;
            }
            MappingNode changed = Nodes.openMap(node, operation.name().toLowerCase(Locale.ROOT));
            change(path, operation.name(), changed, governed.match(), Readings.operation(governed, operation.name()));
        }
    }

    /** What refers to a path item elsewhere in the document gets a copy of its own. */
    private MappingNode openPath(ApiPath path) {
        MappingNode node = Nodes.openMap(paths, path.text());
        Optional<Node> target =
                Nodes.text(node, "$ref").flatMap(reference -> References.resolved(document.root(), node));
        if (target.isPresent() && target.get() instanceof MappingNode mapping) {
            Nodes.put(paths, path.text(), Nodes.copy(mapping));
            return Nodes.openMap(paths, path.text());
        }
        return node;
    }

    private void change(ApiPath path, String method, MappingNode node, ResourceMatch match, Operation operation) {
        ResourcePolicy policy = match.policy();
        MappingNode responses = Nodes.openMap(node, "responses");
        var parameters = new OverlayParameters(document.root(), node);
        switch (operation) {
            case Operation.ReadItem read -> parameters.add(OverlayParts.include(policy));
            case Operation.ReadList list -> {
                parameters.add(OverlayParts.include(policy));
                parameters.add(OverlayParts.only(policy));
                parameters.explain(policy.trash().onlyWhen());
                if (match.target() instanceof Target.Collection) {
                    parameters.add(OverlayParts.page(policy));
                }
            }
            case Operation.SoftDelete delete -> {
                parameters.add(OverlayParts.permanent(policy));
                parameters.add(OverlayParts.allowMissing(policy));
                replaceSuccess(responses, softDelete(path, policy));
                softDeleteTwice(responses, policy);
                if (!policy.children().isEmpty()) {
                    putIfAbsent(responses, "202", "Following");
                }
                putIfAbsent(responses, "409", "Conflict");
            }
            case Operation.PermanentDelete delete -> parameters.add(OverlayParts.permanent(policy));
            case Operation.WriteItem write -> {
                if (method.equals("PATCH") && policy.trash().writes() == Trash.Writes.PATCH) {
                    parameters.add(OverlayParts.restoring(policy));
                }
                putIfAbsent(responses, "409", "Conflict");
            }
            case Operation.Create create -> putIfAbsent(responses, "409", "Conflict");
            case Operation.Refused refused ->
                replaceSuccess(
                        responses, Map.of(Integer.toString(refused.refusal().status()), parts.answer("NotAllowed")));
            case Operation.Preflight preflight -> {}
            case Operation.Pass pass -> {}
            case Operation.ReadTrash trash -> {}
            case Operation.ReadTrashedItem item -> {}
            case Operation.Restore restore -> {}
            case Operation.ChangeMany changes -> {
                if (match.target() instanceof Target.Collection) {
                    parameters.add(ManyParts.ids(policy));
                }
                replaceSuccess(responses, many.answers(policy));
                putIfAbsent(responses, "400", "Unclear");
            }
            case Operation.Job job -> {}
            case Operation.ReadSnapshots read -> {}
            case Operation.ReadRevisions read -> {}
            case Operation.ReadRevision read -> {}
            case Operation.MakeCurrent make -> putIfAbsent(responses, "409", "Conflict");
        }
        gone(match, method).forEach((status, kind) -> putIfAbsent(responses, status, kind));
    }

    /** What a DELETE of nothing that is live answers, beside the gone answer. */
    private void softDeleteTwice(MappingNode responses, ResourcePolicy policy) {
        if (policy.mode() == Mode.DRAIN) {
            return;
        }
        if (policy.answers().repeat() == Answers.Repeat.NO_CONTENT) {
            putIfAbsent(responses, "204", "Trashed");
        }
        if (!policy.answers().allowMissing().isEmpty()) {
            putIfAbsent(responses, "204", "Missing");
        }
    }

    /** The statuses of gone answers and their kinds: of the item itself, and of those above it. */
    private static Map<String, String> gone(ResourceMatch match, String method) {
        var statuses = new LinkedHashMap<String, String>();
        if (match.target() instanceof Target.Item) {
            ownGone(match.policy(), method)
                    .ifPresent(kind -> statuses.put(
                            Integer.toString(match.policy().answers().gone()), kind));
        }
        match.above()
                .forEach(above -> statuses.putIfAbsent(
                        Integer.toString(above.policy().answers().gone()), "Gone"));
        return statuses;
    }

    private static Optional<String> ownGone(ResourcePolicy policy, String method) {
        return switch (method) {
            case "GET", "HEAD" -> policy.answers().read() == Answers.Read.ITEM ? Optional.empty() : Optional.of("Gone");
            case "DELETE" ->
                policy.answers().repeat() == Answers.Repeat.NO_CONTENT ? Optional.empty() : Optional.of("Gone");
            case "PUT" -> Optional.of(policy.trash().writes() == Trash.Writes.PUT ? "GoneIfMatch" : "Gone");
            default -> Optional.of("Gone");
        };
    }

    private Map<String, Object> softDelete(ApiPath path, ResourcePolicy policy) {
        if (policy.mode() == Mode.DRAIN) {
            return Map.of("503", parts.answer("Draining"));
        }
        return switch (policy.answers().delete()) {
            case NO_CONTENT -> Map.of("204", parts.answer("Trashed"));
            case OK_WITH_ITEM -> Map.of("200", item(path, "The item, in the trash."));
            case OK_WITH_BODY -> Map.of("200", withBody(policy));
            case OK_WITH_CASCADE -> Map.of("200", parts.answer("TrashedWithAll"));
            case ACCEPTED -> Map.of("202", parts.answer("Trashed"));
            case PASS -> Map.of();
        };
    }

    private Map<String, Object> withBody(ResourcePolicy policy) {
        String body = policy.answers().deleteBody().orElse("{}");
        var json = OverlayParts.map("schema", OverlayParts.map("type", "object"));
        if (body.strip().startsWith("{")) {
            json.put("example", new DocumentReader(document.file(), body).read());
        }
        return OverlayParts.map(
                "description",
                "The item is in the trash.",
                "headers",
                parts.headers(),
                "content",
                OverlayParts.map("application/json", body.strip().startsWith("{") ? json : OverlayParts.map()));
    }

    /** A successful answer that holds the item as its own GET does. */
    Map<String, Object> item(ApiPath path, String description) {
        var answer = OverlayParts.map("description", description);
        OriginalAnswer.content(document.root(), path, api).ifPresent(content -> answer.put("content", content));
        return answer;
    }

    private static void replaceSuccess(MappingNode responses, Map<String, Object> own) {
        if (own.isEmpty()) {
            return;
        }
        Nodes.keys(responses).stream()
                .filter(status -> status.startsWith("2"))
                .forEach(status -> Nodes.remove(responses, status));
        own.forEach((status, answer) -> Nodes.putFirst(responses, status, Nodes.ofAny(answer)));
    }

    private void putIfAbsent(MappingNode responses, String status, String kind) {
        if (Nodes.member(responses, status).isEmpty()) {
            Nodes.put(responses, status, Nodes.ofAny(parts.answer(kind)));
        }
    }

    private void addPaths() {
        var seen = new LinkedHashMap<String, ResourcePolicy>();
        for (ApiPath path : api.paths()) {
            acting(path)
                    .map(Governed::match)
                    .filter(match -> match.target() instanceof Target.Item)
                    .ifPresent(match -> {
                        boolean first = seen.put(match.policy().name(), match.policy()) == null;
                        var added = new AddedPaths(this, names, parts, many, path, match.policy());
                        added.ofItem();
                        addRestores(
                                path,
                                match.policy(),
                                new TrashPaths(match.policy(), path).restores().values());
                        if (first && match.policy().answers().delete() != Answers.Delete.PASS) {
                            addTrash(path, match.policy());
                        }
                        if (first) {
                            added.ofCollection(collection(match.policy()));
                        }
                    });
        }
    }

    private Optional<String> collection(ResourcePolicy policy) {
        return api.paths().stream()
                .filter(path -> acting(path)
                        .map(Governed::match)
                        .filter(match -> match.policy().equals(policy) && match.target() instanceof Target.Collection)
                        .isPresent())
                .map(ApiPath::text)
                .findFirst();
    }

    private void addRestores(ApiPath path, ResourcePolicy policy, Collection<String> restores) {
        restores.forEach(text -> {
            var restore = operation(
                    path,
                    "delete",
                    names.operationId("restore", policy.name()),
                    "Restores from the trash: " + policy.name() + ".");
            Map<String, Object> responses = OverlayParts.map(
                    "200", item(path, "The item, live again."),
                    "409", parts.answer("Conflict"),
                    "410", parts.answer("Gone"));
            if (!policy.children().isEmpty()) {
                responses.put("202", parts.answer("Following"));
            }
            restore.put("responses", responses);
            addPath(path, text, OverlayParts.map("post", restore));
        });
    }

    private void addTrash(ApiPath path, ResourcePolicy policy) {
        var trash = new TrashPaths(policy, path);
        var list = operation(
                path,
                "get",
                names.operationId("listTrashed", policy.name()),
                "The trash, newest first: " + policy.name() + ".");
        list.put("parameters", OverlayParts.pages());
        list.put(
                "responses",
                OverlayParts.map(
                        "200",
                        OverlayParts.map(
                                "description",
                                "A page of the trash.",
                                "content",
                                OverlayParts.map(
                                        "application/json",
                                        OverlayParts.map(
                                                "schema",
                                                OverlayParts.map("$ref", names.reference("schemas", "Trash")))))));
        addPath(path, trash.trash(), OverlayParts.map("get", list));
        var get = operation(
                path, "get", names.operationId("getTrashed", policy.name()), "A trashed item: " + policy.name() + ".");
        var answer = item(path, "The item.");
        answer.put("headers", parts.headers());
        get.put(
                "responses",
                OverlayParts.map(
                        "200", answer, "404", OverlayParts.map("description", "The item is not in the trash.")));
        var patch = operation(
                path,
                "delete",
                names.operationId("restorePatching", policy.name()),
                "Restores from the trash with the marker's live value: " + policy.name() + ".");
        patch.put(
                "requestBody",
                OverlayParts.map(
                        "required",
                        true,
                        "content",
                        OverlayParts.map(
                                "application/merge-patch+json",
                                OverlayParts.map("schema", OverlayParts.map("type", "object")))));
        patch.put(
                "responses",
                OverlayParts.map("200", item(path, "The item, live again."), "409", parts.answer("Conflict")));
        addPath(path, trash.trashItem(), OverlayParts.map("get", get, "patch", patch));
        if (policy.trash().delete() == Trash.Delete.PERMANENT
                && policy.permanent().allow() != Permanent.Allow.NEVER) {
            var delete = operation(
                    path,
                    "delete",
                    names.operationId("deleteTrashed", policy.name()),
                    "Deletes for good what is in the trash: " + policy.name() + ".");
            delete.put(
                    "responses",
                    OverlayParts.map(
                            "204", OverlayParts.map("description", "It is deleted for good."),
                            "404", OverlayParts.map("description", "The item is not in the trash."),
                            "409", parts.answer("Conflict")));
            addPath(path, trash.trashItem(), OverlayParts.map("delete", delete));
        }
        addRestores(path, policy, trash.restoresInTrash().values());
    }

    /** Under the tags and the security of the operation that it stands beside. */
    Map<String, Object> operation(ApiPath path, String beside, String id, String summary) {
        var operation = OverlayParts.map("operationId", id, "summary", summary);
        Optional<Node> original = Nodes.member(document.root(), "paths")
                .flatMap(all -> Nodes.member(all, path.text()))
                .flatMap(item -> Nodes.member(item, beside));
        for (String key : List.of("tags", "security")) {
            original.flatMap(node -> Nodes.member(node, key))
                    .ifPresent(node -> operation.put(key, Nodes.deepCopy(node)));
        }
        return operation;
    }

    private void addPath(ApiPath item, String text, Map<String, Object> operations) {
        MappingNode node = Nodes.openMap(paths, text);
        if (Nodes.member(node, "parameters").isEmpty()) {
            var parameters = PathParameters.of(document.root(), item, text, api);
            if (!parameters.isEmpty()) {
                Nodes.put(node, "parameters", Nodes.ofAny(parameters));
            }
        }
        operations.forEach((method, operation) -> Nodes.put(node, method, Nodes.ofAny(operation)));
    }

    /** Adds operations that the document does not have. */
    void addIfAbsent(ApiPath item, String text, Map<String, Object> operations) {
        MappingNode there = Nodes.openMap(paths, text);
        var missing = new LinkedHashMap<>(operations);
        missing.keySet().removeIf(method -> Nodes.member(there, method).isPresent());
        addPath(item, text, missing);
    }

    private void addComponents() {
        MappingNode components = Nodes.openMap(root, "components");
        add(components, "schemas", parts.componentSchemas());
        add(components, "schemas", parts.named(many.schemas()));
        add(components, "responses", parts.componentResponses());
        add(components, "responses", parts.named(many.responses()));
        add(components, "headers", parts.componentHeaders());
    }

    private static void add(MappingNode components, String section, Map<String, Object> added) {
        MappingNode node = Nodes.openMap(components, section);
        added.forEach((name, part) -> Nodes.put(node, name, Nodes.ofAny(part)));
    }
}
