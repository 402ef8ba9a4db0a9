package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Creates over the id of a trashed item. What it holds at unique keys is not part of a rehearsal, so that no key is ever hit
 * here.
 */
final class CreateGate {
    private CreateGate() {}

    static Reply play(Scene scene, Operation.Create operation) {
        if (scene.policy().create() == Create.PASS
                || !scene.anyTrashed()
                || !scene.request().headers().isJson()) {
            return scene.forward();
        }
        Optional<ItemKey> trashed = IdReader.of(scene.policy())
                .readDocument(scene.policy().wrap(), Body.bytes(scene.request().body()))
                .map(id -> new ItemKey(scene.policy().name(), operation.parents(), id))
                .filter(scene::isTrashed);
        return trashed.map(key -> over(scene, key)).orElseGet(scene::forward);
    }

    private static Reply over(Scene scene, ItemKey key) {
        return switch (scene.policy().create()) {
            case RESERVE -> reserved(scene, key);
            case OVERWRITE -> overwritten(scene, key, scene::forward);
            case REVIVE -> revived(scene, key, () -> written(scene, key));
            case PASS -> scene.forward();
        };
    }

    /** A PUT of a trashed item; empty where its condition does not say that it creates. */
    static Optional<Reply> put(Scene scene, ItemKey key, Supplier<Reply> write) {
        boolean creates = scene.method().equals("PUT")
                && scene.isTrashed(key)
                && scene.request()
                        .headers()
                        .first("If-None-Match")
                        .filter(condition -> condition.strip().equals("*"))
                        .isPresent();
        if (!creates) {
            return Optional.empty();
        }
        return switch (scene.policy().create()) {
            case RESERVE -> Optional.empty();
            case OVERWRITE -> Optional.of(overwritten(scene, key, write));
            case REVIVE -> Optional.of(revived(scene, key, write));
            case PASS -> Optional.of(scene.forward());
        };
    }

    private static Reply overwritten(Scene scene, ItemKey key, Supplier<Reply> create) {
        Call delete = new Call(
                "DELETE", TrashFacts.path(scene.policy(), key), scene.request().headers(), Body.NONE);
        Reply deleted = PermanentDeletion.play(
                scene.at(delete),
                new Operation.PermanentDelete(key, Operation.Grant.REQUESTED_IF_TRASHED, Optional.empty()));
        return deleted.isSuccess() || deleted.isMissing() ? create.get() : deleted;
    }

    private static Reply revived(Scene scene, ItemKey key, Supplier<Reply> write) {
        String path = TrashFacts.path(scene.policy(), key);
        Reply restored = Restoration.play(scene, new Operation.Restore(key, path, false));
        return restored.status() == 200
                ? write.get().with(Headers.of(TrashFacts.STATE, "live").with("Content-Location", path))
                : restored;
    }

    private static Reply written(Scene scene, ItemKey key) {
        Write write = scene.policy().write();
        boolean patches = write.method() == Write.Method.PATCH && write.format() != Write.Format.JSON_PATCH;
        String method = patches ? "PATCH" : write.method() == Write.Method.POST ? "POST" : "PUT";
        Headers sent = scene.request().headers().without(List.of("If-Match", "If-None-Match"));
        Headers headers = patches && write.format() == Write.Format.MERGE_PATCH
                ? sent.with("Content-Type", "application/merge-patch+json")
                : sent;
        String path = TrashFacts.path(scene.policy(), key);
        return scene.at(new Call(method, path, headers, scene.request().body())).forward();
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
