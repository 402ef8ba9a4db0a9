package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Told;
import java.util.Optional;

/** Asks the upstream whether the caller may be told of the trash. Nobody is a known caller here. */
final class Disclosure {
    private static final String ACCEPTED = "application/json, application/*+json, */*;q=0.5";

    private Disclosure() {}

    /** What the caller is told instead of the answer to the operation; empty where he may have that. */
    static Optional<Reply> refusal(Scene scene, Operation operation) {
        if (scene.match().revealsToAnybody()) {
            return Optional.empty();
        }
        Optional<Above> above = Told.tellsOfAncestors(operation)
                ? scene.match().above().stream()
                        .filter(item -> scene.isTrashed(item.key()))
                        .findFirst()
                : Optional.empty();
        return above.flatMap(item -> asked(scene, item.policy(), TrashFacts.path(item.policy(), item.key())))
                .or(() -> ofTarget(scene, operation));
    }

    private static Optional<Reply> ofTarget(Scene scene, Operation operation) {
        ResourcePolicy policy = scene.policy();
        return switch (Told.by(scene.match(), operation, scene.request().rawPath(), scene::isTrashed)) {
            case Told.Nothing nothing -> Optional.empty();
            case Told.OfItem item ->
                asked(scene, policy, item.path())
                        .map(reply ->
                                item.missingIsFine() && reply.isMissing() ? Reply.empty(204, Headers.NONE) : reply);
            case Told.OfCollection collection ->
                asked(
                        scene,
                        policy,
                        policy.path()
                                .expand(name -> collection
                                        .parents()
                                        .get(policy.path().variables().indexOf(name))));
        };
    }

    /** Whether the caller may know of an item of the scene's resource. */
    static boolean reveals(Scene scene, ItemKey key) {
        return asked(scene, scene.policy(), TrashFacts.path(scene.policy(), key))
                .isEmpty();
    }

    private static Optional<Reply> asked(Scene scene, ResourcePolicy policy, String path) {
        if (policy.reveal() == Reveal.ALWAYS) {
            return Optional.empty();
        }
        String accept = scene.request().headers().first("Accept").orElse(ACCEPTED);
        return Optional.of(scene.send("GET", path, Headers.of("Accept", accept), Body.NONE))
                .filter(reply -> !reply.isSuccess());
    }
}
