package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Answers.Repeat;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write.Exists;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Trashes an item: read, marker, verification, answer. */
final class SoftDeletion {
    private static final int WRITE_ATTEMPTS = 3;

    private final Scene scene;
    private final ResourcePolicy policy;
    private final ItemKey key;
    private final Marking marking;
    private final Optional<String> ifMatch;
    private final boolean allowMissing;

    private SoftDeletion(Scene scene, ItemKey key, boolean allowMissing) {
        this.allowMissing = allowMissing;
        this.scene = scene;
        this.policy = scene.policy();
        this.key = key;
        this.marking = Marking.of(scene, policy, key, scene.request().rawPath());
        this.ifMatch = scene.request().headers().first("If-Match");
    }

    static Reply play(Scene scene, Operation.SoftDelete operation) {
        var deletion = new SoftDeletion(scene, operation.key(), operation.allowMissing());
        if (scene.isTrashed(operation.key())) {
            return deletion.repeated(Optional.empty());
        }
        return switch (scene.policy().mode()) {
            case DRAIN -> draining();
            // Where the policy does not act, nothing is classified as a soft delete.
            case ENFORCE, SHADOW, OFF -> deletion.trash();
        };
    }

    private static Reply draining() {
        return Problems.of(
                        503,
                        "draining",
                        "Nothing is put into this trash any more, since its policy is in the mode drain. Nothing was changed,"
                                + " and nothing was deleted.")
                .with(Headers.of("Retry-After", "60"));
    }

    private Reply trash() {
        boolean reads = marking.readsFirst() || policy.write().exists() == Exists.CHECK;
        return reads ? trash(marking.read()) : write(Optional.empty(), WRITE_ATTEMPTS);
    }

    private Reply trash(Reading reading) {
        return switch (reading) {
            case Reading.Missing missing -> missing(missing);
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(
                        unreadable.answer(), "item-unreadable", "The item cannot be read, so it was not trashed.");
            case Reading.Found found -> found.isTrashed() ? repeated(Optional.of(seen(found))) : trash(found);
        };
    }

    private Reply trash(Reading.Found found) {
        boolean meets = marking.isInside()
                || ifMatch.map(field -> field.strip().equals("*")
                                || found.answer()
                                        .strongEntityTag()
                                        .filter(tag -> MarkingInside.satisfies(tag, field))
                                        .isPresent())
                        .orElse(true);
        return meets
                ? write(Optional.of(found), WRITE_ATTEMPTS)
                : Problems.of(412, "precondition-failed", "The item is not the one that If-Match names.");
    }

    private Reply write(Optional<Reading.Found> found, int attempts) {
        try {
            return written(marking.trash(found, scene.now()), attempts);
        } catch (UnwritableMarkerException e) {
            return Problems.of(
                    502,
                    "marker-unwritable",
                    "The marker cannot be written into the item, so it was not trashed: " + e.getMessage() + ".");
        }
    }

    private Reply written(Reply answer, int attempts) {
        if (answer.isSuccess()) {
            return verified(answer);
        }
        if (answer.status() == 412 && ifMatch.isEmpty() && attempts > 1) {
            return again(attempts - 1);
        }
        Reply refused = UpstreamAnswers.refused(
                answer, "marker-write-refused", "The upstream refused the write that trashes the item.");
        return answer.status() >= 500 ? settled(refused) : refused;
    }

    /** The item changed between the read and the write, or was never there. Reading it tells. */
    private Reply again(int attempts) {
        return switch (marking.read()) {
            case Reading.Found found ->
                found.isTrashed() ? done(Optional.of(found.answer())) : write(Optional.of(found), attempts);
            case Reading.Missing missing -> missing(missing);
            case Reading.Unreadable unreadable ->
                UpstreamAnswers.refused(unreadable.answer(), "item-unreadable", "The item cannot be read.");
        };
    }

    private Reply verified(Reply answer) {
        return switch (policy.write().verify()) {
            case NONE -> done(Optional.empty());
            case READ -> verifiedByReading();
            case RESPONSE ->
                marking.readAnswer(answer) instanceof MarkerReading.Trashed
                        ? done(marking.isInside() ? Optional.of(answer) : Optional.empty())
                        : verifiedByReading();
        };
    }

    private Reply verifiedByReading() {
        return settled(Problems.of(
                502,
                "marker-not-applied",
                "The upstream accepted the write of the marker, but a read afterwards does not show it. The item was not"
                        + " trashed. Does the policy's marker name a member that the upstream keeps, and does the upstream know the type"
                        + " of body that `write` has the gateway send?"));
    }

    private Reply settled(Reply otherwise) {
        return switch (marking.read()) {
            case Reading.Found found -> found.isTrashed() ? done(Optional.of(found.answer())) : otherwise;
            case Reading.Missing missing -> missing(missing);
            case Reading.Unreadable unreadable ->
                Problems.of(
                                504,
                                "outcome-unknown",
                                "The upstream did not say whether it took the marker. The deletion stays pending and is"
                                        + " settled by reading the item; repeat the request to learn what came of it.")
                        .with(Headers.of("Retry-After", "30"));
        };
    }

    private Reply missing(Reading.Missing missing) {
        return allowMissing ? Reply.empty(204, Headers.NONE) : missing.answer();
    }

    private Reply done(Optional<Reply> shown) {
        Known tombstone = Played.tombstone(policy, key, scene.now(), scene.now());
        Cascade cascade = new Cascade(scene, tombstone).trash();
        return cascade.obstacle().isEmpty()
                ? done(shown, tombstone, cascade.items())
                : TrashFacts.cascade(scene.stage(), "trashed", tombstone, cascade.items(), cascade.obstacle())
                        .with(facts(tombstone));
    }

    private Headers facts(Known tombstone) {
        return TrashFacts.headers(Optional.of(tombstone), TrashFacts.restorePath(policy, TrashFacts.path(policy, key)))
                .with("Cache-Control", "no-store");
    }

    private Reply done(Optional<Reply> shown, Known tombstone, List<Known> gone) {
        Headers facts = facts(tombstone);
        return switch (policy.answers().delete()) {
            case NO_CONTENT, PASS -> Reply.empty(204, facts);
            case ACCEPTED -> Reply.empty(202, facts);
            case OK_WITH_CASCADE ->
                TrashFacts.cascade(scene.stage(), "trashed", tombstone, gone, Optional.empty())
                        .with(facts);
            case OK_WITH_BODY ->
                new Reply(
                        200,
                        facts.with("Content-Type", "application/json"),
                        policy.answers().deleteBody().orElseThrow());
            case OK_WITH_ITEM -> {
                Reply item = scene.shown(shown.filter(answer ->
                                answer.status() == 200 && !answer.body().isEmpty())
                        .orElseGet(() -> marking.read().answer()));
                yield new Reply(200, item.headers().with(facts), item.body());
            }
        };
    }

    private Known seen(Reading.Found found) {
        Instant since = ((MarkerReading.Trashed) found.marker()).since().orElse(scene.now());
        return Played.tombstone(policy, key, since, scene.now());
    }

    private Reply repeated(Optional<Known> learned) {
        Optional<Known> known = scene.known(key).or(() -> learned);
        if (allowMissing) {
            return known.map(tombstone -> done(Optional.empty(), tombstone, scene.under(tombstone)))
                    .orElseGet(() -> Reply.empty(204, Headers.NONE));
        }
        return policy.answers().repeat() == Repeat.NO_CONTENT
                ? Reply.empty(
                        204, TrashFacts.headers(known, TrashFacts.restorePath(policy, TrashFacts.path(policy, key))))
                : TrashFacts.gone(scene, policy, key, known, policy.answers().repeatCode());
    }
}
