package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.OperationClassifier;
import dev.cenotaph.policy.operation.Refusal;
import dev.cenotaph.policy.selection.Selection;
import dev.cenotaph.policy.selection.SelectionReader;
import dev.cenotaph.policy.selection.UnreadableSelectionException;
import java.util.List;
import java.util.Optional;

/** Changes each item that a request names, one after the other, where the gateway has some of them under way at a time. */
final class ManyAtOnce {
    private final Scene scene;
    private final ResourcePolicy policy;
    private final Operation.ChangeMany operation;

    private ManyAtOnce(Scene scene, Operation.ChangeMany operation) {
        this.scene = scene;
        this.policy = scene.policy();
        this.operation = operation;
    }

    static Reply play(Scene scene, Operation.ChangeMany operation) {
        if (scene.request().headers().first("If-Match").isPresent()) {
            return Problems.of(400, "precondition-of-many", "If-Match names one item, and this request is about many.");
        }
        var many = new ManyAtOnce(scene, operation);
        try {
            return many.change(selection(scene.policy(), operation, scene.request()));
        } catch (UnreadableSelectionException e) {
            Refusal refusal = e.refusal();
            return Problems.of(refusal.status(), refusal.code(), refusal.detail());
        }
    }

    /** The items that the request names; none where it does not say plainly which, or says what they have in common. */
    static List<ItemKey> named(ResourcePolicy policy, Operation.ChangeMany operation, Call request) {
        try {
            return switch (selection(policy, operation, request)) {
                case Selection.Ids named ->
                    named.ids().stream()
                            .filter(id -> !id.isEmpty())
                            .map(id -> new ItemKey(policy.name(), operation.parents(), id))
                            .toList();
                case Selection.Filter filter -> List.of();
            };
        } catch (UnreadableSelectionException e) {
            return List.of();
        }
    }

    private static Selection selection(ResourcePolicy policy, Operation.ChangeMany operation, Call request) {
        PathTemplate path = policy.path();
        String collection =
                path.expand(name -> operation.parents().get(path.variables().indexOf(name)));
        return new SelectionReader(policy.expansion(), collection)
                .read(operation, request.headers().isJson(), Body.bytes(request.body()));
    }

    private Reply change(Selection selection) {
        return switch (selection) {
            case Selection.Ids named ->
                Results.of(each(named.ids()), policy.expansion().allWell());
            case Selection.Filter filter -> change(chosen(filter));
        };
    }

    /** More than a client waits for is a job: its caller is answered, and the work goes on. */
    private Reply change(List<String> ids) {
        if (ids.size() <= policy.expansion().most()) {
            return Results.of(each(ids), policy.expansion().allWell());
        }
        Reply begun = Results.begun(scene, operation, ids.size());
        each(ids);
        return begun;
    }

    private List<String> chosen(Selection.Filter filter) {
        return scene.trashBelow(operation.parents()).stream()
                .filter(known -> filter.takes(known.deleteTime(), Optional.empty(), known.deletionId()))
                .filter(known -> Disclosure.reveals(scene, known.key()))
                .map(known -> known.key().id())
                .toList();
    }

    private List<Results.Result> each(List<String> ids) {
        return ids.stream()
                .map(id -> new ItemKey(policy.name(), operation.parents(), id))
                .map(key -> new Results.Result(key.id(), TrashFacts.path(policy, key), changed(key)))
                .toList();
    }

    private Reply changed(ItemKey key) {
        String path = key.id().isEmpty() ? "" : TrashFacts.path(policy, key);
        return match(path, key)
                .map(match -> changed(scene.forItem(match, path), key))
                .orElseGet(() -> Problems.of(400, "invalid-id", "No item of this resource can have this id."));
    }

    private Reply changed(Scene item, ItemKey key) {
        Operation one = switch (operation.change()) {
            case DELETE ->
                OperationClassifier.deleteOfOne(item.match(), key, operation.permanent(), operation.allowMissing());
            case RESTORE -> new Operation.Restore(key, item.request().rawPath(), false);
            case PURGE -> new Operation.PermanentDelete(key, Operation.Grant.REQUESTED_IF_TRASHED, Optional.empty());
        };
        return Disclosure.refusal(item, one).orElseGet(() -> Rehearsal.handle(item, one));
    }

    private Optional<ResourceMatch> match(String path, ItemKey key) {
        return scene.stage().matcher().read(path) instanceof PathReading.Governed governed
                        && governed.match().target() instanceof Target.Item item
                        && item.key().equals(key)
                ? Optional.of(governed.match())
                : Optional.empty();
    }
}
