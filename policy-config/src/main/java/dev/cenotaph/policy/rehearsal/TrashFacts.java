package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.RestorePath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What clients are told about a trashed item. */
final class TrashFacts {
    static final String STATE = "Cenotaph-State";

    private TrashFacts() {}

    static String path(ResourcePolicy policy, ItemKey key) {
        return key.path(policy, policy.item());
    }

    static String restorePath(ResourcePolicy policy, String itemPath) {
        return RestorePath.of(itemPath, policy.trash().restore().getFirst());
    }

    static Headers headers(Optional<Known> known, String restorePath) {
        Headers headers = Headers.of(STATE, "trashed").with("Link", "<" + restorePath + ">; rel=\"restore\"");
        if (known.isEmpty()) {
            return headers;
        }
        Headers told = headers.with("Cenotaph-Deleted-At", text(known.get().deleteTime()))
                .with("Cenotaph-Deletion-Id", known.get().deletionId());
        return known.get()
                .purgeTime()
                .map(time -> told.with("Cenotaph-Purge-At", text(time)))
                .orElse(told);
    }

    /** RFC 8594. */
    static Headers sunset(Known known) {
        return known.purgeTime()
                .map(time -> Headers.of(
                        "Sunset", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC))))
                .orElse(Headers.NONE);
    }

    /** The gone answer: the same for every method. */
    static Reply gone(Scene scene, ResourcePolicy policy, ItemKey key, Optional<Known> known) {
        return gone(scene, policy, key, known, Optional.empty());
    }

    /** @param code a {@code code} that some contracts have in it */
    static Reply gone(Scene scene, ResourcePolicy policy, ItemKey key, Optional<Known> known, Optional<String> code) {
        String path = path(policy, key);
        String clientPath = scene.request().rawPath();
        String restorePath = restorePath(policy, path);
        var members = new LinkedHashMap<String, String>();
        code.ifPresent(text -> members.put("code", JsonText.quote(text)));
        members.put("instance", JsonText.quote(clientPath));
        members.put("state", "\"trashed\"");
        known.ifPresent(it -> members.put("delete_time", JsonText.quote(text(it.deleteTime()))));
        known.flatMap(Known::purgeTime).ifPresent(time -> members.put("purge_time", JsonText.quote(text(time))));
        known.ifPresent(it -> members.put("deletion_id", JsonText.quote(it.deletionId())));
        members.put("restore", JsonText.quote(restorePath));
        String detail = clientPath.equals(path)
                ? "The item is in the trash. It can be restored."
                : "The item " + path + " is in the trash, and everything below it with it.";
        return Problems.of(policy.answers().gone(), "trashed", detail, members).with(headers(known, restorePath));
    }

    /** What went, or with something in the way, what has gone so far. */
    static Reply cascade(Stage stage, String state, Known top, List<Known> items, Optional<String> obstacle) {
        String each = items.stream()
                .flatMap(known -> stage.policies().resource(known.key().resource()).stream()
                        .map(policy -> cascaded(policy, known)))
                .collect(Collectors.joining(",", "[", "]"));
        String body = "{\"state\":%s,\"deletion_id\":%s,\"complete\":%s,%s\"count\":%d,\"items\":%s}"
                .formatted(
                        JsonText.quote(state),
                        JsonText.quote(top.deletionId()),
                        obstacle.isEmpty(),
                        obstacle.map(why -> "\"obstacle\":" + JsonText.quote(why) + ",")
                                .orElse(""),
                        items.size(),
                        each);
        Headers headers = Headers.of("Content-Type", "application/json").with("Cache-Control", "no-store");
        return obstacle.isEmpty()
                ? new Reply(200, headers, body)
                : new Reply(202, headers.with("Retry-After", "1"), body);
    }

    private static String cascaded(ResourcePolicy policy, Known known) {
        return "{\"resource\":%s,\"id\":%s,\"path\":%s,\"delete_time\":%s,\"deletion_id\":%s}"
                .formatted(
                        JsonText.quote(policy.name()),
                        JsonText.quote(known.key().id()),
                        JsonText.quote(path(policy, known.key())),
                        JsonText.quote(text(known.deleteTime())),
                        JsonText.quote(known.deletionId()));
    }

    static String text(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }
}
