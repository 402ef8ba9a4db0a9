package dev.cenotaph.gateway.admin;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.PolicyMatcher;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators name by the path that clients use at the upstream. */
public final class GovernedPaths {
    private final Supplier<PolicySet> policies;
    private final Supplier<PolicyMatcher> matcher;

    public GovernedPaths(Supplier<PolicySet> policies, Supplier<PolicyMatcher> matcher) {
        this.policies = policies;
        this.matcher = matcher;
    }

    /** A collection, with its parents' ids. */
    record Collection(ResourcePolicy policy, List<String> parents) {}

    /** The item that the raw path means; empty where it plainly means none. */
    Optional<ItemKey> item(String path) {
        return match(path)
                .map(ResourceMatch::target)
                .flatMap(target -> target instanceof Target.Item item ? Optional.of(item.key()) : Optional.empty());
    }

    /** The collection that the raw path means; empty where it plainly means none. */
    Optional<Collection> collection(String path) {
        return match(path)
                .flatMap(match -> match.target() instanceof Target.Collection collection
                        ? Optional.of(new Collection(match.policy(), collection.parents()))
                        : Optional.empty());
    }

    /** The path of an item. */
    String path(ItemKey key) {
        return policies.get()
                .resource(key.resource())
                .map(policy -> key.path(policy, policy.item()))
                .orElseGet(() -> key.resource() + " " + key.parents() + " " + key.id());
    }

    /** The path of a collection. */
    String path(String resource, List<String> parents) {
        return policies.get()
                .resource(resource)
                .map(policy -> policy.path()
                        .expand(name -> parents.get(policy.path().variables().indexOf(name))))
                .orElseGet(() -> resource + " " + parents);
    }

    boolean hasResource(String name) {
        return policies.get().resource(name).isPresent();
    }

    private Optional<ResourceMatch> match(String path) {
        return path.startsWith("/") && matcher.get().read(path) instanceof PathReading.Governed governed
                ? Optional.of(governed.match())
                : Optional.empty();
    }
}
