package dev.cenotaph.policy.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The query parameters of one operation, as an overlay has them. */
final class OverlayParameters {
    private static final String DESCRIPTION = "description";

    private final Node root;
    private final MappingNode operation;

    /** @param root of the document, which parameters may refer to */
    OverlayParameters(Node root, MappingNode operation) {
        this.root = root;
        this.operation = operation;
    }

    /** Adds ours. The upstream's own of the same names, which never reach it, give way. */
    void add(List<Map<String, Object>> added) {
        if (added.isEmpty()) {
            return;
        }
        var parameters = Nodes.openList(operation, "parameters");
        for (Map<String, Object> parameter : added) {
            String name = String.valueOf(parameter.get("name"));
            parameters.getValue().removeIf(node -> isQuery(node, name));
            parameters.getValue().add(Nodes.ofAny(parameter));
        }
    }

    /** Says of the upstream's own which of their values ask for trashed items alone. */
    void explain(Map<String, String> onlyWhen) {
        onlyWhen.forEach((name, value) -> explain(name, "`" + value + "` gives trashed items alone."));
    }

    private void explain(String name, String said) {
        var parameters = Nodes.openList(operation, "parameters");
        for (int i = 0; i < parameters.getValue().size(); i++) {
            Node written = parameters.getValue().get(i);
            Optional<Node> resolved = References.resolved(root, written);
            if (isQuery(written, name) && resolved.isPresent() && resolved.get() instanceof MappingNode mapping) {
                MappingNode own = Nodes.copy(mapping);
                String before =
                        Nodes.text(own, DESCRIPTION).map(text -> text + " ").orElse("");
                Nodes.put(own, DESCRIPTION, Nodes.ofAny(before + said));
                parameters.getValue().set(i, own);
                return;
            }
        }
        parameters
                .getValue()
                .add(Nodes.ofAny(OverlayParts.map(
                        "name", name, "in", "query", DESCRIPTION, said, "schema", OverlayParts.map("type", "string"))));
    }

    private boolean isQuery(Node written, String name) {
        Optional<Node> parameter = References.resolved(root, written);
        return parameter
                        .flatMap(node -> Nodes.text(node, "name"))
                        .filter(name::equalsIgnoreCase)
                        .isPresent()
                && parameter
                        .flatMap(node -> Nodes.text(node, "in"))
                        .filter("query"::equals)
                        .isPresent();
    }
}
