package dev.cenotaph.policy.match;

import dev.cenotaph.policy.match.Meaning.Kind;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The search for the items of other resources that a path runs through. */
final class ItemsAbove extends Descent {
    private final Landing landing;
    private final @Nullable Above[] byDepth;

    ItemsAbove(Walk walk, Landing landing) {
        super(walk.path, walk.strictness);
        this.landing = landing;
        byDepth = new @Nullable Above[this.path.count()];
    }

    /** Outermost first; last the item that the landing is below of. */
    List<Above> find(Node root) {
        enter(root, 0, 0);
        var above = new ArrayList<Above>();
        Stream.of(byDepth).filter(Objects::nonNull).forEach(above::add);
        if (landing.kind() == Kind.BELOW_ITEM
                || landing.kind() == Kind.UNLINK
                || landing.kind() == Kind.REVISIONS
                || landing.kind() == Kind.REVISION) {
            above.add(new Above(landing.meaning().policy(), landing.key()));
        }
        return above;
    }

    @Override
    boolean visit(Node node, int depth, int variables) {
        if (depth == path.count()) {
            return false;
        }
        Meaning within = node.within();
        if (within != null
                && within.isGoverned()
                && byDepth[depth] == null
                && !within.policy().name().equals(landing.resource())) {
            byDepth[depth] = item(within);
        }
        return unreadable().isPresent() || enterChildren(node, depth, variables);
    }

    private @Nullable Above item(Meaning within) {
        return ids(within)
                .filter(within::allows)
                .map(ids -> new Above(within.policy(), within.key(ids)))
                .orElse(null);
    }
}
