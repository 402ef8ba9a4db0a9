package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.match.TrashTemplates;
import dev.cenotaph.policy.operation.Operation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What came of many items, as one answer. */
final class Results {
    private static final Headers JSON =
            Headers.of("Content-Type", "application/json").with("Cache-Control", "no-store");

    private Results() {}

    /** What came of one item. */
    record Result(String id, String item, Reply reply) {
        boolean isWell() {
            return reply.status() < 400;
        }

        String document() {
            var members = new LinkedHashMap<String, String>();
            members.put("id", JsonText.quote(id));
            members.put("item", JsonText.quote(item));
            members.put("status", Integer.toString(reply.status()));
            put(members, "state", TrashFacts.STATE);
            put(members, "delete_time", "Cenotaph-Deleted-At");
            put(members, "purge_time", "Cenotaph-Purge-At");
            put(members, "deletion_id", "Cenotaph-Deletion-Id");
            if (!isWell()) {
                members.put("problem", problem());
            }
            return object(members);
        }

        private void put(Map<String, String> members, String name, String header) {
            reply.headers().first(header).ifPresent(value -> members.put(name, JsonText.quote(value)));
        }

        /** The answer's own words where they are JSON; the upstream's, often. */
        private String problem() {
            if (reply.body().isEmpty() || !reply.headers().isJson()) {
                return Problems.plain(reply.status());
            }
            try {
                return JsonSpan.of(reply.body()).json();
            } catch (MalformedJsonException e) {
                return Problems.plain(reply.status());
            }
        }
    }

    /** @param allWell the status where nothing failed */
    static Reply of(List<Result> results, int allWell) {
        long failed = results.stream().filter(result -> !result.isWell()).count();
        String each = results.stream().map(Result::document).collect(Collectors.joining(",", "[", "]"));
        var members = new LinkedHashMap<String, String>();
        members.put("succeeded", Long.toString(results.size() - failed));
        members.put("failed", Long.toString(failed));
        members.put("results", each);
        return new Reply(failed == 0 ? allWell : 207, JSON, object(members));
    }

    /** A change that goes on behind its answer. */
    static Reply begun(Scene scene, Operation.ChangeMany operation, int items) {
        String now = JsonText.quote(TrashFacts.text(scene.now()));
        String id = UUID.nameUUIDFromBytes(scene.request().path().getBytes(StandardCharsets.UTF_8))
                .toString();
        var members = new LinkedHashMap<String, String>();
        members.put("id", JsonText.quote(id));
        members.put("change", JsonText.quote(operation.change().name().toLowerCase(Locale.ROOT)));
        members.put("state", "\"running\"");
        members.put("succeeded", "0");
        members.put("failed", "0");
        members.put("left", Integer.toString(items));
        members.put("start_time", now);
        members.put("change_time", now);
        members.put("failures", "[]");
        String path = stem(scene.policy(), operation) + ":jobs/" + id;
        return new Reply(202, JSON.with("Location", path).with("Retry-After", "1"), object(members));
    }

    private static String stem(ResourcePolicy policy, Operation.ChangeMany operation) {
        var trash =
                TrashTemplates.of(policy.path(), policy.item(), policy.trash().collection());
        return new PathTemplate("", trash.stem())
                .expand(name ->
                        operation.parents().get(policy.path().variables().indexOf(name)));
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
