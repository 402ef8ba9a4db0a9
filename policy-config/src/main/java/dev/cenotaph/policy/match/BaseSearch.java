package dev.cenotaph.policy.match;

/** The search for whether something lies below the place where a path ends. */
final class BaseSearch extends Descent {

    BaseSearch(String path) {
        super(Segments.of(path), Strictness.LENIENT);
    }

    boolean find(Node root) {
        return enter(root, 0, 0);
    }

    @Override
    boolean visit(Node node, int depth, int variables) {
        return depth == path.count() ? leadsOn(node) : enterChildren(node, depth, variables);
    }

    /** A place that means something itself is none. */
    static boolean leadsOn(Node node) {
        return node.exact() == null
                && node.within() == null
                && (!node.literals().isEmpty() || !node.variables().isEmpty());
    }
}
