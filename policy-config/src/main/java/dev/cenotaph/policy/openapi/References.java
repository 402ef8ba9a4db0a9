package dev.cenotaph.policy.openapi;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Follows references in a tree of nodes, those within the document alone. */
final class References {
    private static final int MOST = 50;

    private References() {}

    static Optional<Node> find(Node root, String reference) {
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        Optional<Node> at = Optional.of(root);
        for (String token : reference.substring(2).split("/")) {
            at = at.flatMap(node -> Nodes.member(node, Pointers.unescaped(token)));
        }
        return at;
    }

    /** The node itself, or what it refers to in the end. */
    static Optional<Node> resolved(Node root, Node node) {
        Optional<Node> at = Optional.of(node);
        for (int i = 0; i < MOST && at.isPresent(); i++) {
            Optional<String> reference = at.flatMap(it -> Nodes.text(it, "$ref"));
            if (reference.isEmpty()) {
                return at;
            }
            at = find(root, reference.get());
        }
        return Optional.empty();
    }
}
