package dev.cenotaph.gateway.reload;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.change.Change;
import dev.cenotaph.policy.change.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether one policy set may follow another while requests flow. It must not lose a resource or a path of one, nor give up
 * what is trashed, unless its files say so: {@code released} names the resources for which they mean it. What a change does
 * is what {@code cenotaph diff} says of it.
 */
final class Succession {
    /** Keys under which a path gets out of force without a word that says so. */
    private static final Set<String> PATHS = Set.of("path", "item", "aliases");

    /** Keys that let more be deleted for good, and leave what is trashed in its trash. */
    private static final Set<String> GRANTS = Set.of("permanent", "trash", "unlink", "override");

    private final PolicySet before;
    private final PolicySet after;
    private final Predicate<String> hasTrash;

    /** @param hasTrash whether a resource has trashed items, or may have */
    Succession(PolicySet before, PolicySet after, Predicate<String> hasTrash) {
        this.before = before;
        this.after = after;
        this.hasTrash = hasTrash;
    }

    /**
     * Why it may not.
     *
     * @param code stable, kebab-case
     */
    record Objection(String resource, String code, String what, String mend) {}

    List<Objection> objections() {
        var objections = new ArrayList<Objection>();
        for (ResourcePolicy policy : before.resources()) {
            if (!after.released().contains(policy.name())) {
                after.resource(policy.name())
                        .map(next -> changed(policy))
                        .orElseGet(() -> lost(policy))
                        .ifPresent(objections::add);
            }
        }
        return objections;
    }

    /** An empty trash is no reason to let hard deletes through that nobody spoke of. */
    private Optional<Objection> lost(ResourcePolicy policy) {
        return policy.mode().acts() || hasTrash.test(policy.name())
                ? Optional.of(new Objection(
                        policy.name(),
                        "resource-lost",
                        "`" + policy.name() + "` is in force, and these files have it no more: hard deletes would reach"
                                + " the upstream.",
                        mend(policy)))
                : Optional.empty();
    }

    private Optional<Objection> changed(ResourcePolicy policy) {
        boolean trash = hasTrash.test(policy.name());
        return Changes.between(before, after).stream()
                .filter(change -> change.resource().equals(policy.name()))
                .flatMap(change -> objection(policy, change, trash).stream())
                .findFirst();
    }

    private static Optional<Objection> objection(ResourcePolicy policy, Change change, boolean trash) {
        return switch (change.kind()) {
            case UNPROTECTED -> unprotected(policy, change, trash);
            case ORPHANED -> trash ? Optional.of(orphaned(policy, change)) : Optional.empty();
            case RISKIER, SAFER, OTHERWISE -> Optional.empty();
        };
    }

    /** A path may have been mistyped. A mode, or an answer that is to pass, was written to let DELETEs through. */
    private static Optional<Objection> unprotected(ResourcePolicy policy, Change change, boolean trash) {
        if (change.key().stream().findFirst().filter(PATHS::contains).isPresent()) {
            return policy.mode().acts()
                    ? Optional.of(new Objection(
                            policy.name(),
                            "unprotected",
                            "`" + policy.name() + "` is in force. " + change.consequence(),
                            mend(policy)))
                    : Optional.empty();
        }
        boolean grants =
                change.key().stream().findFirst().filter(GRANTS::contains).isPresent();
        return trash && !grants ? Optional.of(orphaned(policy, change)) : Optional.empty();
    }

    private static Objection orphaned(ResourcePolicy policy, Change change) {
        return new Objection(
                policy.name(),
                "trash-orphaned",
                "`" + policy.name() + "` has trashed items. " + change.consequence(),
                "Empty its trash first, which `mode: drain` does in time. Or: " + mend(policy));
    }

    private static String mend(ResourcePolicy policy) {
        return "Write `released: [" + policy.name() + "]` at the top of a policy file if that is meant.";
    }
}
