package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.match.SnapshotTemplates;
import dev.cenotaph.policy.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/** The list of an item's snapshots: one where it is trashed, none where it is live. */
final class SnapshotsAtHand {
    private SnapshotsAtHand() {}

    static Reply play(Scene scene, Operation.ReadSnapshots read) {
        ResourcePolicy policy = scene.policy();
        return switch (Marking.of(scene, policy, read.key(), read.path()).read()) {
            case Reading.Found found -> page(scene.known(read.key()).map(known -> row(scene, known)));
            case Reading.Missing missing -> missing.answer();
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(
                        unreadable.answer(),
                        "item-unreadable",
                        "The item cannot be read, so that its snapshots cannot be told.");
        };
    }

    private static Reply page(Optional<String> row) {
        return new Reply(
                200,
                Headers.of("Content-Type", "application/json").with("Cache-Control", "private, no-store"),
                "{\"snapshots\":[" + row.orElse("") + "]}");
    }

    private static String row(Scene scene, Known known) {
        String latest = scene.request().rawPath() + "/latest";
        var members = new LinkedHashMap<String, String>();
        members.put("snapshot", latest);
        members.put("item", TrashFacts.path(scene.policy(), known.key()));
        members.put("create_time", TrashFacts.text(known.deleteTime()));
        known.purgeTime().ifPresent(time -> members.put("purge_time", TrashFacts.text(time)));
        members.put("deletion_id", known.deletionId());
        members.put("restore", latest + SnapshotTemplates.RESTORE);
        return members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":" + JsonText.quote(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
