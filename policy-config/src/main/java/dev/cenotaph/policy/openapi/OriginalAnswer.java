package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** How the item's own GET answers, as it stands in the document. */
final class OriginalAnswer {
    private OriginalAnswer() {}

    /** A copy of the answer's content. */
    static Optional<Node> content(Node root, ApiPath item, Api api) {
        Optional<String> status = item.operation(HttpMethod.GET).flatMap(api::successStatus);
        return status.flatMap(code -> Nodes.member(root, "paths")
                .flatMap(paths -> Nodes.member(paths, item.text()))
                .flatMap(path -> References.resolved(root, path))
                .flatMap(path -> Nodes.member(path, "get"))
                .flatMap(get -> Nodes.member(get, "responses"))
                .flatMap(responses -> Nodes.member(responses, code))
                .flatMap(response -> References.resolved(root, response))
                .flatMap(response -> Nodes.member(response, "content"))
                .map(Nodes::deepCopy));
    }
}
