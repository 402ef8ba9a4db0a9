package dev.cenotaph.policy.openapi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Names for what an overlay adds that the document does not have yet. */
final class OverlayNames {
    private final String prefix;
    private final Set<String> operationIds = new HashSet<>();

    OverlayNames(OpenApiDocument document, Api api) {
        prefix = prefix(document.root());
        api.paths().stream()
                .flatMap(path -> path.operations().stream())
                .map(operation -> operation.operation().getOperationId())
                .filter(id -> id != null)
                .forEach(operationIds::add);
    }

    private static String prefix(Node root) {
        List<String> taken = Nodes.member(root, "components").stream()
                .flatMap(components ->
                        Nodes.keys(components).stream().flatMap(kind -> Nodes.member(components, kind).stream()))
                .flatMap(kind -> Nodes.keys(kind).stream())
                .toList();
        String free = "Cenotaph";
        while (startsAny(taken, free)) {
            free += "_";
        }
        return free;
    }

    private static boolean startsAny(List<String> taken, String start) {
        return taken.stream().anyMatch(name -> name.startsWith(start));
    }

    /** Of a component of this kind. */
    String component(String kind) {
        return prefix + kind;
    }

    String reference(String section, String kind) {
        return "#/components/" + section + "/" + component(kind);
    }

    /** {@code restoreOrders}, or with a number behind it. */
    String operationId(String verb, String resource) {
        var id = new StringBuilder(verb);
        for (String word : resource.split("[_-]+")) {
            if (!word.isEmpty()) {
                id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        String free = id.toString();
        for (int i = 2; !operationIds.add(free); i++) {
            free = id.toString() + i;
        }
        return free;
    }
}
