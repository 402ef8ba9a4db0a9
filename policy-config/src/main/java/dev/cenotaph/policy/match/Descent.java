package dev.cenotaph.policy.match;

import dev.cenotaph.policy.match.LiteralChildren.Child;
import dev.cenotaph.policy.match.Node.VariableChild;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads a path down the trie: literals before variables, the longest suffix first, and back where that leads nowhere. */
abstract class Descent {
    final Segments path;
    final Strictness strictness;
    private final int[] variableStarts;
    private final int[] variableEnds;
    private @Nullable Meaning unreadable;
    private int visits;

    Descent(Segments path, Strictness strictness) {
        this.path = path;
        this.strictness = strictness;
        variableStarts = new int[path.count()];
        variableEnds = new int[path.count()];
    }

    /**
     * Looks at a node that the path leads to.
     *
     * @param depth how many segments led here
     * @param variables how many of them went through variables
     * @return whether there is nothing more to look for
     */
    abstract boolean visit(Node node, int depth, int variables);

    final boolean enter(Node node, int depth, int variables) {
        visits++;
        return visit(node, depth, variables);
    }

    final boolean enterChildren(Node node, int depth, int variables) {
        return depth < path.count()
                && (enterLiterals(node, depth, variables) || enterVariables(node, depth, variables));
    }

    private boolean enterLiterals(Node node, int depth, int variables) {
        Child child = node.literals().candidates(path.text(), path.start(depth), path.end(depth));
        while (child != null) {
            if (leadsTo(child, depth) && enter(child.node(), depth + 1, variables)) {
                return true;
            }
            child = child.next();
        }
        return false;
    }

    private boolean leadsTo(Child child, int depth) {
        return child.text().length() == path.length(depth)
                && (child.asWritten() || strictness == Strictness.LENIENT)
                && strictness.sameAt(path.text(), path.start(depth), child.text());
    }

    private boolean enterVariables(Node node, int depth, int variables) {
        for (VariableChild child : node.variables()) {
            if (capture(child, depth, variables) && enter(child.node(), depth + 1, variables + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean capture(VariableChild child, int depth, int variables) {
        int end = path.end(depth) - child.suffix().length();
        if (end <= path.start(depth) || !strictness.sameAt(path.text(), end, child.suffix())) {
            return false;
        }
        variableStarts[variables] = path.start(depth);
        variableEnds[variables] = end;
        return true;
    }

    /** The ids that the meaning needs; empty where one is not readable, which is remembered. */
    final Optional<List<String>> ids(Meaning meaning) {
        var ids = new ArrayList<String>(meaning.ids().size());
        for (int variable : meaning.ids()) {
            Optional<String> id =
                    strictness.id(variable(variable), meaning.policy().encodedSlash());
            if (id.isEmpty()) {
                unreadable = meaning;
                return Optional.empty();
            }
            ids.add(id.get());
        }
        return Optional.of(ids);
    }

    /** The raw text of the first so many variables. */
    final List<String> variables(int count) {
        var texts = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            texts.add(variable(i));
        }
        return texts;
    }

    private String variable(int index) {
        return path.text().substring(variableStarts[index], variableEnds[index]);
    }

    /** What the path would have meant, had an id in it been readable. */
    final Optional<Meaning> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    /** How many nodes it took. */
    final int visits() {
        return visits;
    }
}
