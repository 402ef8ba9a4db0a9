package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.RestorePath;
import dev.cenotaph.policy.match.SnapshotTemplates;
import dev.cenotaph.policy.match.TrashTemplates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The paths that a policy adds to an API, in the words of the document. */
final class TrashPaths {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");

    private final ResourcePolicy policy;
    private final ApiPath item;
    private final List<String> names;
    private final TrashTemplates templates;

    /** @param item one of the policy's items, as the document has it */
    TrashPaths(ResourcePolicy policy, ApiPath item) {
        this.policy = policy;
        this.item = item;
        names = VARIABLE.matcher(item.text())
                .results()
                .map(match -> match.group(1))
                .toList();
        templates =
                TrashTemplates.of(policy.path(), policy.item(), policy.trash().collection());
    }

    /** The restore paths by their dialect, in the policy's order. */
    Map<String, String> restores() {
        var restores = new LinkedHashMap<String, String>();
        policy.trash().restore().forEach(dialect -> restores.put(dialect, RestorePath.of(item.text(), dialect)));
        return restores;
    }

    String trash() {
        return text(templates.collection().segments());
    }

    /** The collection itself. */
    String collection() {
        return text(policy.path().segments());
    }

    /** The trash collection without its ending. */
    String stem() {
        return text(templates.stem());
    }

    /** Whether the collection's path says whose items it holds. */
    boolean namesParents() {
        return policy.path().variables().size() == policy.item().variables().size() - 1;
    }

    /** The snapshots of an item; empty beside a collection without a name. */
    Optional<String> snapshots() {
        return SnapshotTemplates.of(policy.path())
                .map(templates -> text(templates.list().segments()));
    }

    String trashItem() {
        return text(templates.item().segments());
    }

    /** Restore paths of what is seen in the trash, by their dialect. */
    Map<String, String> restoresInTrash() {
        var restores = new LinkedHashMap<String, String>();
        policy.trash()
                .restore()
                .forEach(dialect ->
                        restores.put(dialect, text(templates.restores(dialect).getFirst())));
        return restores;
    }

    /** With the document's own names of the variables, and without the path of its server. */
    private String text(List<Segment> segments) {
        var text = new StringBuilder();
        int next = 0;
        for (Segment segment : segments) {
            text.append('/');
            switch (segment) {
                case Literal literal -> text.append(literal.text());
                case Variable variable ->
                    text.append('{').append(names.get(next++)).append('}').append(variable.suffix());
            }
        }
        String whole = text.toString();
        return whole.startsWith(item.base() + "/") ? whole.substring(item.base().length()) : whole;
    }
}
