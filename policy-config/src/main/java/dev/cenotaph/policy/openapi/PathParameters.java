package dev.cenotaph.policy.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The parameters of a path that an overlay adds: those that the item's own path declares, as it declares them. */
final class PathParameters {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");

    private PathParameters() {}

    static List<Object> of(Node root, ApiPath item, String text, Api api) {
        List<Node> declared = declared(root, item, api);
        return VARIABLE.matcher(text)
                .results()
                .map(match -> match.group(1))
                .map(name -> declared.stream()
                        .filter(node -> isOf(root, node, name))
                        .findFirst()
                        .<Object>map(Nodes::deepCopy)
                        .orElseGet(() -> undeclared(name)))
                .toList();
    }

    private static Map<String, Object> undeclared(String name) {
        return OverlayParts.map(
                "name", name, "in", "path", "required", true, "schema", OverlayParts.map("type", "string"));
    }

    private static boolean isOf(Node root, Node node, String name) {
        Optional<Node> parameter = References.resolved(root, node);
        return parameter
                        .flatMap(it -> Nodes.text(it, "name"))
                        .filter(name::equals)
                        .isPresent()
                && parameter
                        .flatMap(it -> Nodes.text(it, "in"))
                        .filter("path"::equals)
                        .isPresent();
    }

    /** On the path, then on each of its operations. */
    private static List<Node> declared(Node root, ApiPath item, Api api) {
        Optional<Node> path = Nodes.member(root, "paths")
                .flatMap(paths -> Nodes.member(paths, item.text()))
                .flatMap(node -> References.resolved(root, node));
        var declared = new ArrayList<>(path.map(PathParameters::list).orElse(List.of()));
        for (ApiOperation operation :
                api.path(item.text()).map(ApiPath::operations).orElse(List.of())) {
            path.flatMap(node -> Nodes.member(node, operation.name().toLowerCase(Locale.ROOT)))
                    .map(PathParameters::list)
                    .ifPresent(declared::addAll);
        }
        return declared;
    }

    private static List<Node> list(Node node) {
        return Nodes.member(node, "parameters")
                .filter(SequenceNode.class::isInstance)
                .map(list -> ((SequenceNode) list).getValue())
                .orElse(List.of());
    }
}
