package dev.cenotaph.policy.match;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The search for what a path means. A path that a template names as a whole lands there; any other lands at the deepest
 * place that speaks for what is below it.
 */
final class Walk extends Descent {
    private final boolean restores;
    private @Nullable Landing landing;
    private int landingDepth = -1;

    /** @param restores whether restore paths are known */
    Walk(String path, Strictness strictness, boolean restores) {
        super(Segments.of(path), strictness);
        this.restores = restores;
    }

    Optional<Landing> landing(Node root) {
        enter(root, 0, 0);
        return unreadable().isEmpty() ? Optional.ofNullable(landing) : Optional.empty();
    }

    @Override
    boolean visit(Node node, int depth, int variables) {
        boolean ends = depth == path.count();
        return (ends && landExactly(node, depth, variables))
                || (!ends && landBelow(node.within(), depth, variables))
                || landBelow(node.region(), depth, variables)
                || enterChildren(node, depth, variables);
    }

    private boolean landExactly(Node node, int depth, int variables) {
        Node behindSlash = strictness == Strictness.LENIENT ? node.literals().emptySegment() : null;
        return land(node.exact(), depth, variables)
                || (behindSlash != null && land(behindSlash.exact(), depth, variables));
    }

    /** Ends the search only where an id is unreadable: there may be something deeper. */
    private boolean landBelow(@Nullable Meaning meaning, int depth, int variables) {
        if (depth > landingDepth) {
            land(meaning, depth, variables);
        }
        return unreadable().isPresent();
    }

    private boolean land(@Nullable Meaning meaning, int depth, int variables) {
        if (meaning == null || (meaning.kind().isRestore() && !restores)) {
            return false;
        }
        Optional<List<String>> ids = ids(meaning);
        if (ids.isEmpty()) {
            return true;
        }
        if (!meaning.allows(ids.get())) {
            return false;
        }
        landing = new Landing(meaning, ids.get(), variables(variables), List.of());
        landingDepth = depth;
        return true;
    }
}
