package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** All templates of a policy set, by their segments. What a search costs does not depend on how many there are. */
final class Trie {
    private static final Arrival NOWHERE = new Arrival.Nowhere();

    private final Node root;

    Trie(PolicySet policies) {
        var builder = new NodeBuilder();
        for (ResourcePolicy policy : policies.resources()) {
            Shapes.plant(policy, builder);
        }
        root = builder.build();
    }

    /** Where the path arrives. One that does not begin with a slash arrives nowhere. */
    Arrival arrive(String path, Strictness strictness) {
        return path.startsWith("/") ? arrive(new Walk(path, strictness, true)) : NOWHERE;
    }

    /** Where the path arrives strictly if nothing can be restored. */
    Arrival arriveWithoutRestores(String path) {
        return arrive(new Walk(path, Strictness.STRICT, false));
    }

    private Arrival arrive(Walk walk) {
        Optional<Landing> landing = walk.landing(root);
        if (landing.isEmpty()) {
            return walk.unreadable().<Arrival>map(Arrival.Unreadable::new).orElse(NOWHERE);
        }
        var search = new ItemsAbove(walk, landing.get());
        List<ResourceMatch.Above> above = search.find(root);
        return search.unreadable()
                .<Arrival>map(Arrival.Unreadable::new)
                .orElseGet(() -> new Arrival.At(landing.get().below(above)));
    }

    /** Whether the path ends above a template, at a place that no policy speaks of. */
    boolean isBase(String path) {
        String base = path.replaceFirst("/+$", "");
        return base.isEmpty() ? BaseSearch.leadsOn(root) : base.startsWith("/") && new BaseSearch(base).find(root);
    }

    /** The upstream of the deepest node on the way that belongs to one alone. */
    Optional<URI> upstream(String path) {
        return new UpstreamSearch(path.startsWith("/") ? path : "/" + path).find(root);
    }

    Node root() {
        return root;
    }
}
