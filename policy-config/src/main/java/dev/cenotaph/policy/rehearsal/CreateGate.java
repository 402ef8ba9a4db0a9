package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Creates: the id of a trashed item is reserved. */
final class CreateGate {
    private CreateGate() {}

    static Reply play(Scene scene, Operation.Create operation) {
        if (!scene.anyTrashed() || !scene.request().headers().isJson()) {
            return scene.forward();
        }
        Optional<ItemKey> trashed = IdReader.of(scene.policy())
                .readDocument(scene.policy().wrap(), Body.bytes(scene.request().body()))
                .map(id -> new ItemKey(scene.policy().name(), operation.parents(), id))
                .filter(scene::isTrashed);
        return trashed.map(key -> reserved(scene, key)).orElseGet(scene::forward);
    }

    private static Reply reserved(Scene scene, ItemKey key) {
        String restore = TrashFacts.restorePath(scene.policy(), TrashFacts.path(scene.policy(), key));
        var members = new LinkedHashMap<String, String>();
        members.put("id", JsonText.quote(key.id()));
        members.put("restore", JsonText.quote(restore));
        return Problems.of(
                409,
                "id-reserved",
                "The id " + key.id() + " belongs to an item in the trash. Restore that item, or delete it for good,"
                        + " before the id is used again.",
                members);
    }
}
