package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonText;
import dev.cenotaph.policy.marker.ClientMarkerWrite;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings an item back: read, former value, verification, answer with the item. */
final class Restoration {
    private static final int ATTEMPTS = 3;

    private final Scene scene;
    private final ResourcePolicy policy;
    private final Operation.Restore operation;
    private final Marking marking;
    private final Optional<String> stated;
    private final boolean conditional;

    private Restoration(Scene scene, Operation.Restore operation, Optional<String> stated) {
        this.scene = scene;
        this.policy = scene.policy();
        this.operation = operation;
        this.marking = Marking.of(scene, policy, operation.key(), operation.path());
        this.stated = stated;
        this.conditional = scene.request().headers().first("If-Match").isPresent();
    }

    static Reply play(Scene scene, Operation.Restore operation) {
        Optional<Above> parent = scene.match().above().stream()
                .filter(above -> scene.isTrashed(above.key()))
                .findFirst();
        if (parent.isPresent()) {
            return parentTrashed(parent.get());
        }
        if (operation.byPatch() && !revives(scene)) {
            return Problems.of(
                    422,
                    "not-a-restore",
                    "A trashed item takes one change alone: its marker's live value. POST to its restore URL does the"
                            + " same.");
        }
        Optional<String> stated = operation.byPatch() ? stated(scene) : Optional.empty();
        return new Restoration(scene, operation, stated).restore();
    }

    private static Reply parentTrashed(Above parent) {
        String path = TrashFacts.path(parent.policy(), parent.key());
        return Problems.of(
                409,
                "parent-trashed",
                "The item " + path + " above is in the trash. Restore that one first.",
                Map.of("restore", JsonText.quote(TrashFacts.restorePath(parent.policy(), path))));
    }

    private static boolean revives(Scene scene) {
        var write = ClientMarkerWrite.read(
                scene.policy(),
                "PATCH",
                scene.request().headers().first("Content-Type"),
                Body.bytes(scene.request().body()));
        return write.effect() == Effect.REVIVES && write.alone();
    }

    /** The status that the client names, where nobody else may know it. */
    private static Optional<String> stated(Scene scene) {
        if (!(scene.policy().marker() instanceof Marker.Status status)
                || status.live().isPresent()) {
            return Optional.empty();
        }
        return JsonSpan.of(scene.request().body())
                .find(scene.policy().wrap().append(status.place()))
                .filter(value -> value.kind() != JsonSpan.Kind.NULL)
                .map(JsonSpan::json);
    }

    private Reply restore() {
        Optional<Known> known = scene.known(operation.key());
        return known.isPresent() ? restore(known.get()) : learn();
    }

    private Reply restore(Known known) {
        if (known.purgeTime().filter(time -> !scene.now().isBefore(time)).isPresent()) {
            return Problems.of(
                    410, "retention-expired", "The item's retention has ended; it can no longer be restored.");
        }
        try {
            return followed(known, attempt(known, ATTEMPTS));
        } catch (UnwritableMarkerException e) {
            return Problems.of(
                    502,
                    "marker-unwritable",
                    "The marker cannot be written into the item, which stays in the trash: " + e.getMessage() + ".");
        }
    }

    /** What went with it comes back, too. */
    private Reply followed(Known known, Reply answer) {
        if (answer.status() != 200 || policy.children().isEmpty()) {
            return answer;
        }
        Cascade cascade = new Cascade(scene, known).restore();
        return cascade.obstacle().isEmpty()
                ? answer
                : TrashFacts.cascade(
                        scene.stage(),
                        "restoring",
                        known,
                        cascade.items().stream()
                                .filter(left -> !left.key().equals(known.key()))
                                .toList(),
                        cascade.obstacle());
    }

    private Reply attempt(Known known, int attempts) {
        return switch (marking.read()) {
            case Reading.Found found -> found.isTrashed() ? write(known, found, attempts) : restored(found.answer());
            case Reading.Missing missing -> missing.answer();
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(unreadable.answer(), "item-unreadable", "The item cannot be read.");
        };
    }

    private Reply write(Known known, Reading.Found found, int attempts) {
        return marking.restore(found, stated.or(known::former))
                .map(answer -> written(known, answer, attempts))
                .orElseGet(this::liveValueUnknown);
    }

    private Reply written(Known known, Reply answer, int attempts) {
        if (answer.isSuccess()) {
            return marking.createsAnew() ? created(answer) : verified();
        }
        if (answer.status() == 412 && !conditional && attempts > 1) {
            return attempt(known, attempts - 1);
        }
        Reply refused = UpstreamAnswers.refused(
                answer, "marker-write-refused", "The upstream refused the write that restores the item.");
        if (answer.status() < 500) {
            return refused;
        }
        if (answer.isAnothersDoubt()) {
            return marking.read() instanceof Reading.Found found && !found.isTrashed()
                    ? restored(found.answer())
                    : refused;
        }
        Reply result = verified();
        return result.status() == 200 ? result : refused;
    }

    private Reply verified() {
        return switch (marking.read()) {
            case Reading.Found found -> found.isTrashed() ? notCleared() : restored(found.answer());
            case Reading.Missing missing -> missing.answer();
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(unreadable.answer(), "item-unreadable", "The restored item cannot be read.");
        };
    }

    /** No tombstone is known, but somebody may have trashed it at the upstream itself. */
    private Reply learn() {
        return switch (marking.read()) {
            case Reading.Found found ->
                found.marker() instanceof MarkerReading.Trashed trashed
                        ? restore(Played.tombstone(
                                policy, operation.key(), trashed.since().orElse(scene.now()), scene.now()))
                        : Problems.notTrashed("The item is live; there is nothing to restore.");
            case Reading.Missing missing -> missing.answer();
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(unreadable.answer(), "item-unreadable", "The item cannot be read.");
        };
    }

    private Reply restored(Reply answer) {
        Reply item = scene.shown(answer);
        Headers facts = Headers.of("Cache-Control", "no-store")
                .with("Content-Location", TrashFacts.path(policy, operation.key()))
                .with(TrashFacts.STATE, "live");
        return new Reply(200, item.headers().with(facts), item.body());
    }

    private Reply created(Reply answer) {
        IdReader ids = IdReader.of(policy);
        Headers facts = Headers.of("Cache-Control", "no-store").with(TrashFacts.STATE, "live");
        Headers location = answer.headers()
                .first("Location")
                .flatMap(ids::readLink)
                .or(() -> ids.readDocument(policy.wrap(), Body.bytes(answer.body())))
                .map(id ->
                        new ItemKey(operation.key().resource(), operation.key().parents(), id))
                .map(now -> Headers.of("Location", TrashFacts.path(policy, now)))
                .orElse(Headers.NONE);
        Reply item = scene.shown(answer);
        return new Reply(
                201, item.headers().without(List.of("Location")).with(facts).with(location), item.body());
    }

    private static Reply notCleared() {
        return Problems.of(
                502,
                "marker-not-cleared",
                "The upstream accepted the write that restores the item, but a read afterwards still shows it trashed. It"
                        + " stays in the trash.");
    }

    private Reply liveValueUnknown() {
        return Problems.of(
                409,
                "live-value-unknown",
                "The item was trashed at the upstream itself, so nobody knows the value it had before. PATCH "
                        + policy.trash().collection()
                        + "/{id} in the collection with the value that it is to have.");
    }
}
