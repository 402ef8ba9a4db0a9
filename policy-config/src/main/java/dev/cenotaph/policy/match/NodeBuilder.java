package dev.cenotaph.policy.match;

import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import java.net.URI;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node of the trie while the policies are compiled. */
final class NodeBuilder {
    private final Map<String, NodeBuilder> literals = new LinkedHashMap<>();
    private final Map<String, NodeBuilder> variables =
            new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Set<URI> upstreams = new HashSet<>();
    private final Set<URI> owners = new HashSet<>();
    private @Nullable Claim exact;
    private @Nullable Claim within;
    private @Nullable Claim region;

    /** How good a right a meaning has to a place. The better one keeps it. */
    enum Right {
        /** A template of the policy says so. */
        DECLARED,
        /** It follows from a template. */
        DERIVED
    }

    private record Claim(Right right, Meaning meaning) {}

    /** The node that these segments lead to. All nodes on the way lead to the upstream, and this one is its own. */
    NodeBuilder at(List<Segment> segments, URI upstream) {
        NodeBuilder node = this;
        node.upstreams.add(upstream);
        for (Segment segment : segments) {
            node = node.child(segment);
            node.upstreams.add(upstream);
        }
        node.owners.add(upstream);
        return node;
    }

    private NodeBuilder child(Segment segment) {
        return switch (segment) {
            case Literal literal -> literals.computeIfAbsent(literal.text(), text -> new NodeBuilder());
            case Variable variable -> variables.computeIfAbsent(variable.suffix(), suffix -> new NodeBuilder());
        };
    }

    /** @throws IllegalArgumentException where two policies declare the same path for different things */
    void exact(Right right, Meaning meaning) {
        if (exact != null && right == Right.DECLARED && exact.right() == right) {
            refuseCollision(exact.meaning(), meaning);
        }
        exact = better(exact, new Claim(right, meaning));
    }

    private static void refuseCollision(Meaning first, Meaning second) {
        if (!first.policy().name().equals(second.policy().name()) || first.kind() != second.kind()) {
            throw new IllegalArgumentException("%s (%s) and %s (%s) have a path in common"
                    .formatted(
                            first.policy().name(), first.kind(), second.policy().name(), second.kind()));
        }
    }

    void within(Right right, Meaning meaning) {
        within = better(within, new Claim(right, meaning));
    }

    void region(Right right, Meaning meaning) {
        region = better(region, new Claim(right, meaning));
    }

    private static Claim better(@Nullable Claim old, Claim claim) {
        return old == null || claim.right().compareTo(old.right()) < 0 ? claim : old;
    }

    Node build() {
        var texts = new LinkedHashMap<String, Node>();
        literals.forEach((text, child) -> texts.put(text, child.build()));
        List<Node.VariableChild> suffixes = variables.entrySet().stream()
                .map(child ->
                        new Node.VariableChild(child.getKey(), child.getValue().build()))
                .toList();
        return new Node(
                new LiteralChildren(texts),
                suffixes,
                meaning(exact),
                meaning(within),
                meaning(region),
                only(upstreams).or(() -> only(owners)).orElse(null));
    }

    private static Optional<URI> only(Set<URI> uris) {
        return uris.size() == 1 ? Optional.of(uris.iterator().next()) : Optional.empty();
    }

    private static @Nullable Meaning meaning(@Nullable Claim claim) {
        return claim == null ? null : claim.meaning();
    }
}
