package dev.cenotaph.policy.change;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.change.Change.Kind;
import dev.cenotaph.policy.match.PolicyMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All differences between two policy sets. */
public final class Changes {
    private final PolicySet before;
    private final PolicySet after;
    private final Reach reach;

    private Changes(PolicySet before, PolicySet after) {
        this.before = before;
        this.after = after;
        this.reach = new Reach(new PolicyMatcher(after));
    }

    /** In the order of the old set, then what the new one adds. */
    public static List<Change> between(PolicySet before, PolicySet after) {
        return new Changes(before, after).all();
    }

    private List<Change> all() {
        var changes = new ArrayList<Change>();
        for (ResourcePolicy old : before.resources()) {
            after.resource(old.name())
                    .ifPresentOrElse(
                            now -> changes.addAll(new ResourceChanges(old, now, reach).all()),
                            () -> changes.addAll(removed(old)));
        }
        for (ResourcePolicy now : after.resources()) {
            if (before.resource(now.name()).isEmpty()) {
                changes.add(added(now));
            }
        }
        changes.addAll(released());
        return changes;
    }

    /** What a reload minds, and what it does no more. */
    private List<Change> released() {
        var changes = new ArrayList<Change>();
        Stream.concat(before.resources().stream(), after.resources().stream())
                .map(ResourcePolicy::name)
                .distinct()
                .forEach(name -> {
                    boolean was = before.released().contains(name);
                    boolean is = after.released().contains(name);
                    if (is && !was) {
                        changes.add(new Change(
                                Kind.RISKIER,
                                name,
                                List.of(),
                                "`" + name + "` is released: a reload may take it out, or change its marker or mode,"
                                        + " whatever is in its trash."));
                    } else if (was && !is) {
                        changes.add(new Change(
                                Kind.SAFER,
                                name,
                                List.of(),
                                "`" + name + "` is released no more: a reload that would lose it or its trash is"
                                        + " refused."));
                    }
                });
        return changes;
    }

    private static Change added(ResourcePolicy now) {
        return switch (now.mode()) {
            case ENFORCE ->
                new Change(
                        Kind.SAFER,
                        now.name(),
                        List.of(),
                        "`" + now.name() + "` is new: a DELETE of `" + now.item() + "` is a soft delete.");
            case DRAIN ->
                new Change(
                        Kind.SAFER,
                        now.name(),
                        List.of(),
                        "`" + now.name() + "` is new and drains: a DELETE of `" + now.item() + "` is 503.");
            case SHADOW, OFF ->
                new Change(
                        Kind.OTHERWISE,
                        now.name(),
                        List.of(),
                        "`" + now.name() + "` is new, and does not act: a DELETE of `" + now.item() + "` passes.");
        };
    }

    private List<Change> removed(ResourcePolicy old) {
        var changes = new ArrayList<Change>();
        if (!old.mode().acts()) {
            return List.of(
                    new Change(Kind.OTHERWISE, old.name(), List.of(), "`" + old.name() + "` is gone; it did not act."));
        }
        Optional<String> heir = reach.governs(old.item());
        String trash = " Its trash has the name `" + old.name() + "` and is found by nobody.";
        changes.add(
                heir.isPresent()
                        ? new Change(
                                Kind.ORPHANED,
                                old.name(),
                                List.of(),
                                "`" + old.name() + "` is called `" + heir.get() + "` now." + trash)
                        : new Change(
                                Kind.UNPROTECTED,
                                old.name(),
                                List.of(),
                                "`" + old.name() + "` is gone: a DELETE of `" + old.item() + "` deletes for good."
                                        + trash));
        return changes;
    }
}
