package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.RestorePath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Optional;

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

    /** What went, as if nothing live lay below the item. */
    static Reply cascade(ResourcePolicy policy, Known known) {
        String deletion = JsonText.quote(known.deletionId());
        String item = "{\"resource\":%s,\"id\":%s,\"path\":%s,\"delete_time\":%s,\"deletion_id\":%s}"
                .formatted(
                        JsonText.quote(policy.name()),
                        JsonText.quote(known.key().id()),
                        JsonText.quote(path(policy, known.key())),
                        JsonText.quote(text(known.deleteTime())),
                        deletion);
        String body = "{\"state\":\"trashed\",\"deletion_id\":%s,\"complete\":true,\"count\":1,\"items\":[%s]}"
                .formatted(deletion, item);
        return new Reply(200, Headers.of("Content-Type", "application/json"), body);
    }

    static String text(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }
}
