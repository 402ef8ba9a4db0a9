package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What a client is told of what went with an item. */
public final class CascadeAnswers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_ITEMS = 1000;

    private CascadeAnswers() {}

    /** 200 with what went, or 202 with what has gone so far. */
    public static Answer trashed(
            GovernedExchange exchange, PolicySet policies, Progress progress, Consumer<HttpHeaders> facts) {
        return answer(exchange, policies, "trashed", progress, facts);
    }

    /** 202 with what is still in the trash. */
    public static Answer restoring(GovernedExchange exchange, PolicySet policies, Progress progress) {
        return answer(exchange, policies, "restoring", progress, headers -> {});
    }

    /** What an item has to wait for that is to be restored. */
    public static Answer stillTrashing(Optional<Progress> progress) {
        return underWay("What lies below the item is still being trashed; then it can be restored.", progress);
    }

    /** What an item has to wait for that is to be trashed. */
    public static Answer stillRestoring(Optional<Progress> progress) {
        return underWay("What went with the item is still being restored; then it can be trashed again.", progress);
    }

    /** Why an item cannot be deleted for good yet. */
    public static Answer obstructed(GovernedExchange exchange, PolicySet policies, Cascades.Obstruction obstruction) {
        return switch (obstruction) {
            case Cascades.Obstruction.UnderWay underWay ->
                underWay("What lies below the item is still following it.", Optional.empty());
            case Cascades.Obstruction.OnHold held ->
                Answer.problem(Problem.of(
                                409,
                                "on-hold",
                                "An item that went with this one is on hold: neither can be deleted for good until the"
                                        + " hold is lifted. Nothing was deleted.")
                        .with("item", path(exchange, policies, held.key()).orElse(null)));
            case Cascades.Obstruction.Forbidden forbidden ->
                Answer.problem(Problem.of(
                                403,
                                "permanent-delete-forbidden",
                                "An item that went with this one cannot be deleted for good. Nothing was deleted.")
                        .with("item", path(exchange, policies, forbidden.key()).orElse(null)));
            case Cascades.Obstruction.Failed failed ->
                Answer.problem(
                        Problem.of(
                                502,
                                "cascade-incomplete",
                                "An item that went with this one could not be deleted, so this one was not: "
                                        + failed.why() + ". Repeat the request to go on."),
                        headers -> headers.set(HttpHeaders.RETRY_AFTER, "5"));
        };
    }

    private static Answer underWay(String detail, Optional<Progress> progress) {
        if (progress.isEmpty()) {
            return Conflicts.busy();
        }
        Problem problem = Problem.of(409, "cascade-in-progress", detail)
                .with("deletion_id", progress.get().deletionId())
                .with("trashed", progress.get().trashed().size())
                .with("obstacle", progress.get().obstacle().orElse(null));
        return Answer.problem(problem, headers -> headers.set(HttpHeaders.RETRY_AFTER, "1"));
    }

    private static Answer answer(
            GovernedExchange exchange,
            PolicySet policies,
            String state,
            Progress progress,
            Consumer<HttpHeaders> facts) {
        var document = new LinkedHashMap<String, Object>();
        document.put("state", state);
        document.put("deletion_id", progress.deletionId());
        document.put("complete", progress.complete());
        progress.obstacle().ifPresent(why -> document.put("obstacle", why));
        document.put("count", progress.trashed().size());
        document.put("items", items(exchange, policies, progress.trashed()));
        return Answer.of(
                progress.complete() ? 200 : 202,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
                    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                    facts.accept(headers);
                    if (!progress.complete()) {
                        headers.set(HttpHeaders.RETRY_AFTER, "1");
                    }
                },
                JSON.writeValueAsBytes(document));
    }

    /** Those above before those below. */
    private static List<Map<String, Object>> items(
            GovernedExchange exchange, PolicySet policies, List<Tombstone> trashed) {
        return trashed.stream()
                .filter(tombstone -> tombstone.state() != Tombstone.State.PENDING)
                .sorted(Comparator.comparingInt(
                        tombstone -> tombstone.key().parents().size()))
                .limit(MOST_ITEMS)
                .map(tombstone -> item(exchange, policies, tombstone))
                .toList();
    }

    private static Map<String, Object> item(GovernedExchange exchange, PolicySet policies, Tombstone tombstone) {
        var item = new LinkedHashMap<String, Object>();
        item.put("resource", tombstone.key().resource());
        item.put("id", tombstone.key().id());
        path(exchange, policies, tombstone.key()).ifPresent(path -> item.put("path", path));
        item.put("delete_time", TrashFacts.text(tombstone.deleteTime()));
        item.put("deletion_id", tombstone.deletionId());
        return item;
    }

    private static Optional<String> path(GovernedExchange exchange, PolicySet policies, ItemKey key) {
        Optional<ResourcePolicy> policy = policies.resource(key.resource());
        return policy.map(its -> exchange.clientPathOf(its, key));
    }
}
