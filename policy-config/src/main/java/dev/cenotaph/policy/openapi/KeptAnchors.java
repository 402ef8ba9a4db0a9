package dev.cenotaph.policy.openapi;

import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.serializer.AnchorGenerator;

/** Names anchors as the document did. */
final class KeptAnchors implements AnchorGenerator {
    private int next;

    @Override
    public Anchor nextAnchor(Node node) {
        return node.getAnchor().orElseGet(() -> new Anchor("shared" + ++next));
    }
}
