package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.operation.Operation;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/** The trash collection's first page: what is known to be trashed, newest first. */
final class TrashCollection {
    private TrashCollection() {}

    static Reply play(Scene scene, Operation.ReadTrash operation) {
        String rows = scene.trashBelow(operation.parents()).stream()
                .limit(operation.pageSize())
                .map(known -> row(scene, known))
                .collect(Collectors.joining(","));
        Headers headers = Headers.of("Content-Type", "application/json").with("Cache-Control", "private, no-store");
        return new Reply(200, headers, "{\"trashed\":[" + rows + "]}");
    }

    private static String row(Scene scene, Known known) {
        String path = TrashFacts.path(scene.policy(), known.key());
        var members = new LinkedHashMap<String, String>();
        members.put("id", known.key().id());
        members.put("item", path);
        members.put("state", "trashed");
        members.put("delete_time", TrashFacts.text(known.deleteTime()));
        known.purgeTime().ifPresent(time -> members.put("purge_time", TrashFacts.text(time)));
        members.put("deletion_id", known.deletionId());
        members.put("restore", TrashFacts.restorePath(scene.policy(), path));
        return members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":" + JsonText.quote(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
