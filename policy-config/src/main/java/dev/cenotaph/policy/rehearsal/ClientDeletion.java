package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;

/** The soft delete that is a client's own write of the marker: read, the write as it came, verification, its answer. */
final class ClientDeletion {
    private final Scene scene;
    private final ResourcePolicy policy;
    private final ItemKey key;
    private final Marking marking;

    private ClientDeletion(Scene scene, ItemKey key) {
        this.scene = scene;
        this.policy = scene.policy();
        this.key = key;
        this.marking = Marking.of(scene, policy, key, scene.request().rawPath());
    }

    static Reply play(Scene scene, ItemKey key) {
        return new ClientDeletion(scene, key).trash();
    }

    private Reply trash() {
        return marking.read() instanceof Reading.Found found && found.marker() instanceof MarkerReading.Trashed trashed
                ? TrashFacts.gone(scene, policy, key, Optional.of(tombstone(trashed)))
                : written(scene.forward());
    }

    private Reply written(Reply own) {
        if (own.status() >= 400 && own.status() < 500) {
            return own;
        }
        return switch (policy.write().verify()) {
            case NONE -> own.isSuccess() ? trashed(own) : settled(own);
            case READ -> settled(own);
            case RESPONSE ->
                own.isSuccess() && marking.readAnswer(own) instanceof MarkerReading.Trashed
                        ? trashed(own)
                        : settled(own);
        };
    }

    private Reply settled(Reply own) {
        return switch (marking.read()) {
            case Reading.Found found -> found.isTrashed() ? trashed(own) : own;
            case Reading.Missing missing -> own;
            case Reading.Unreadable unreadable ->
                Problems.of(
                                504,
                                "outcome-unknown",
                                "The upstream did not say whether it took the marker. The deletion stays pending and is"
                                        + " settled by reading the item; read the item to learn what came of it.")
                        .with(Headers.of("Retry-After", "30"));
        };
    }

    private Reply trashed(Reply own) {
        Reply shown = own.status() >= 400 ? Reply.empty(204, Headers.NONE) : scene.shown(own);
        var tombstone = Played.tombstone(policy, key, scene.now(), scene.now());
        return shown.with(
                TrashFacts.headers(Optional.of(tombstone), TrashFacts.restorePath(policy, TrashFacts.path(policy, key)))
                        .with("Cache-Control", "no-store"));
    }

    private Known tombstone(MarkerReading.Trashed trashed) {
        return Played.tombstone(policy, key, trashed.since().orElse(scene.now()), scene.now());
    }
}
