package dev.cenotaph.gateway.reload;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether one policy set may follow another while requests flow. It must not lose a resource, nor give up what is trashed,
 * unless its files say so: {@code released} names the resources for which they mean it.
 */
final class Succession {
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
                        .map(next -> objection(policy, next))
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

    private Optional<Objection> objection(ResourcePolicy policy, ResourcePolicy next) {
        return change(policy, next)
                .filter(change -> hasTrash.test(policy.name()))
                .map(change -> new Objection(
                        policy.name(),
                        "trash-orphaned",
                        "`" + policy.name() + "` has trashed items, and its " + change + ".",
                        "Empty its trash first, which `mode: drain` does in time. Or: " + mend(policy)));
    }

    private static Optional<String> change(ResourcePolicy policy, ResourcePolicy next) {
        if (policy.mode().acts() && !next.mode().acts()) {
            return Optional.of("mode would become one that shows them");
        }
        if (!policy.marker().equals(next.marker())) {
            return Optional.of("marker would become another, which they do not carry");
        }
        if (policy.item().variables().size() != next.item().variables().size()) {
            return Optional.of("items would have other ids, under which they are not known");
        }
        return Optional.empty();
    }

    private static String mend(ResourcePolicy policy) {
        return "Write `released: [" + policy.name() + "]` at the top of a policy file if that is meant.";
    }
}
