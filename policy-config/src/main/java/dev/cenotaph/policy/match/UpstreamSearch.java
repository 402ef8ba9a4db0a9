package dev.cenotaph.policy.match;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for the upstream that a path belongs to: the deepest node that belongs to one upstream alone. */
final class UpstreamSearch extends Descent {
    private @Nullable URI upstream;
    private int upstreamDepth = -1;

    UpstreamSearch(String path) {
        super(Segments.of(path), Strictness.LENIENT);
    }

    Optional<URI> find(Node root) {
        enter(root, 0, 0);
        return Optional.ofNullable(upstream);
    }

    @Override
    boolean visit(Node node, int depth, int variables) {
        if (node.upstream() != null && depth > upstreamDepth) {
            upstream = node.upstream();
            upstreamDepth = depth;
        }
        return enterChildren(node, depth, variables);
    }
}
