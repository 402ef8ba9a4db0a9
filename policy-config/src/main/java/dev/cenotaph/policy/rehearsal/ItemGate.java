package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.ClientMarkerWrite;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Operation.Revival;
import dev.cenotaph.policy.operation.TrashScope;
import java.util.List;
import java.util.Optional;

/** Reads and writes of one item: gone where it is trashed, looked at on the way where it is live. */
final class ItemGate {
    private static final Headers SHOWS_TRASH = Headers.of("Cache-Control", "private, no-store");

    private final Scene scene;
    private final ResourcePolicy policy;
    private final ItemKey key;
    private final Optional<MarkerCodec> codec;

    ItemGate(Scene scene, ItemKey key) {
        this.scene = scene;
        this.policy = scene.policy();
        this.key = key;
        this.codec = MarkerCodecs.inside(policy);
    }

    Reply read(TrashScope asked) {
        TrashScope scope = granted(asked);
        if (!scene.isTrashed(key)) {
            return readLive(scope);
        }
        return scope.showsTrashed()
                ? readTrashed(scene.request().rawPath())
                : TrashFacts.gone(scene, policy, key, scene.known(key));
    }

    /** Some policies show a trashed item to whoever has its URL. */
    private TrashScope granted(TrashScope asked) {
        return switch (policy.answers().read()) {
            case GONE -> asked;
            case ITEM -> asked == TrashScope.EXCLUDE ? TrashScope.INCLUDE : asked;
        };
    }

    Reply read(Operation.ReadTrashedItem operation) {
        return scene.isTrashed(key) ? readTrashed(operation.path()) : Problems.notInTrash();
    }

    Reply write(Revival revival) {
        if (!scene.isTrashed(key)) {
            return writeLive();
        }
        return CreateGate.put(scene, key, this::writeLive).orElseGet(() -> writeTrashed(revival));
    }

    private Reply writeTrashed(Revival revival) {
        return switch (revival) {
            case NONE -> TrashFacts.gone(scene, policy, key, scene.known(key));
            case ALONE -> restored(true);
            case FIRST ->
                isConditional() ? TrashFacts.gone(scene, policy, key, scene.known(key)) : restoredThenWritten();
        };
    }

    private boolean isConditional() {
        return scene.request()
                .headers()
                .first("If-Match")
                .filter(tags -> !tags.strip().equals("*"))
                .isPresent();
    }

    private Reply restoredThenWritten() {
        Reply restored = restored(false);
        return restored.status() == 200 || restored.status() == 404 ? writeLive() : restored;
    }

    private Reply restored(boolean byPatch) {
        return Restoration.play(
                scene, new Operation.Restore(key, scene.request().rawPath(), byPatch));
    }

    private Reply writeLive() {
        Effect effect = effect();
        boolean refuses = policy.markerWrites() == MarkerWrites.REFUSE;
        return switch (effect) {
            case TRASHES ->
                refuses
                        ? refused("The body sets the marker of a soft delete. Send a DELETE instead.")
                        : ClientDeletion.play(scene, key);
            case UNREADABLE ->
                refuses
                        ? refused("The body cannot be understood, so it cannot be told whether it sets the marker of a"
                                + " soft delete.")
                        : learned(scene.forward(), true);
            case REVIVES, SILENT -> learned(scene.forward(), false);
        };
    }

    private Effect effect() {
        return ClientMarkerWrite.read(
                        policy,
                        scene.method(),
                        scene.request().headers().first("Content-Type"),
                        Body.bytes(scene.request().body()))
                .effect();
    }

    /** @param asks whether the item is read where the answer does not show the marker */
    private Reply learned(Reply answer, boolean asks) {
        if (codec.isEmpty() || answer.status() >= 400) {
            return answer;
        }
        MarkerReading reading =
                isLegible(answer) ? codec.get().read(Body.bytes(answer.body())) : new MarkerReading.Hidden();
        return switch (reading) {
            case MarkerReading.Trashed trashed -> answer.with(facts(Optional.of(seen(trashed))));
            case MarkerReading.Live live -> answer;
            case MarkerReading.Hidden hidden -> asks ? asked(answer) : answer;
        };
    }

    private Reply asked(Reply answer) {
        var marking = Marking.of(scene, policy, key, scene.request().rawPath());
        return marking.read() instanceof Reading.Found found && found.marker() instanceof MarkerReading.Trashed trashed
                ? answer.with(facts(Optional.of(seen(trashed))))
                : answer;
    }

    private Known seen(MarkerReading.Trashed trashed) {
        return Played.tombstone(policy, key, trashed.since().orElse(scene.now()), scene.now());
    }

    private static Reply refused(String detail) {
        return Problems.of(422, "marker-write-refused", detail);
    }

    private Reply readLive(TrashScope scope) {
        if (scene.isHead() || codec.isEmpty()) {
            return scope == TrashScope.ONLY ? Problems.notInTrash() : scene.forward();
        }
        Reply answer = scene.forward();
        return isLegible(answer) ? looked(answer, scope) : answer;
    }

    private Reply looked(Reply answer, TrashScope scope) {
        return switch (codec.orElseThrow().read(Body.bytes(answer.body()))) {
            case MarkerReading.Trashed trashed -> {
                var learned = Optional.of(seen(trashed));
                yield scope.showsTrashed()
                        ? answer.with(facts(learned)).with(SHOWS_TRASH)
                        : TrashFacts.gone(scene, policy, key, learned);
            }
            case MarkerReading.Live live -> scope == TrashScope.ONLY ? Problems.notInTrash() : answer;
            case MarkerReading.Hidden hidden -> scope == TrashScope.ONLY ? Problems.notInTrash() : answer;
        };
    }

    private Reply readTrashed(String path) {
        Marking marking = Marking.of(scene, policy, key, path);
        if (marking.keepsItem()) {
            return readKept(marking.read());
        }
        Reply answer = scene.forward(path, Headers.NONE, List.of());
        if (answer.isMissing()) {
            return answer;
        }
        var known = scene.known(key);
        Reply shown = answer.with(facts(known))
                .with(known.map(TrashFacts::sunset).orElse(Headers.NONE))
                .with(SHOWS_TRASH);
        boolean live = isLegible(answer)
                && !scene.isHead()
                && codec.filter(it -> it.read(Body.bytes(answer.body())) instanceof MarkerReading.Live)
                        .isPresent();
        return live ? shown.with(Headers.of(TrashFacts.STATE, "live")) : shown;
    }

    private Reply readKept(Reading reading) {
        return switch (reading) {
            case Reading.Found found -> found.isTrashed() ? kept(found.answer()) : Problems.notInTrash();
            case Reading.Missing missing -> Problems.notInTrash();
            case Reading.Unreadable unreadable -> unreadable.answer();
        };
    }

    private Reply kept(Reply answer) {
        Reply item = scene.isHead() ? answer : scene.shown(answer);
        if (!item.isSuccess()) {
            return item;
        }
        var known = scene.known(key);
        return item.with(facts(known))
                .with(known.map(TrashFacts::sunset).orElse(Headers.NONE))
                .with(SHOWS_TRASH);
    }

    private Headers facts(Optional<Known> known) {
        return TrashFacts.headers(known, TrashFacts.restorePath(policy, TrashFacts.path(policy, key)));
    }

    private static boolean isLegible(Reply answer) {
        return (answer.status() == 200 || answer.status() == 201)
                && answer.headers().isJson();
    }
}
