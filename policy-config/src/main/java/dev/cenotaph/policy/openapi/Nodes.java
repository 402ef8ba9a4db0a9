package dev.cenotaph.policy.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Members of maps in a tree of nodes, and nodes made from plain values. */
final class Nodes {
    private Nodes() {}

    static Optional<Node> member(Node node, String key) {
        return tuple(node, key).map(NodeTuple::getValueNode);
    }

    /** The node of the key itself. */
    static Optional<Node> key(Node node, String key) {
        return tuple(node, key).map(NodeTuple::getKeyNode);
    }

    static Optional<String> text(Node node, String key) {
        return member(node, key).filter(ScalarNode.class::isInstance).map(value -> ((ScalarNode) value).getValue());
    }

    static List<String> keys(Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(tuple -> name(tuple.getKeyNode()))
                        .toList()
                : List.of();
    }

    /** Its members by their keys, for what is asked for many of them. */
    static Map<String, NodeTuple> tuples(Node node) {
        var tuples = new HashMap<String, NodeTuple>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> tuples.putIfAbsent(name(tuple.getKeyNode()), tuple));
        }
        return tuples;
    }

    private static Optional<NodeTuple> tuple(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> name(tuple.getKeyNode()).equals(key))
                        .findFirst()
                : Optional.empty();
    }

    private static String name(Node key) {
        return key instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** Puts a member at its former place, or behind all others. */
    static void put(MappingNode mapping, String key, Node value) {
        var tuples = new ArrayList<>(mapping.getValue());
        for (int i = 0; i < tuples.size(); i++) {
            if (name(tuples.get(i).getKeyNode()).equals(key)) {
                tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), value));
                mapping.setValue(tuples);
                return;
            }
        }
        tuples.add(new NodeTuple(text(key), value));
        mapping.setValue(tuples);
    }

    /** Puts a member that is not there in front of all others. */
    static void putFirst(MappingNode mapping, String key, Node value) {
        var tuples = new ArrayList<>(mapping.getValue());
        tuples.addFirst(new NodeTuple(text(key), value));
        mapping.setValue(tuples);
    }

    static void remove(MappingNode mapping, String key) {
        var tuples = new ArrayList<>(mapping.getValue());
        tuples.removeIf(tuple -> name(tuple.getKeyNode()).equals(key));
        mapping.setValue(tuples);
    }

    /**
     * The map that is a member, made if it is not there. It is a copy that nothing else refers to: what an alias shares
     * is not changed at both ends.
     */
    static MappingNode openMap(MappingNode parent, String key) {
        MappingNode own = member(parent, key)
                .filter(MappingNode.class::isInstance)
                .map(node -> copy((MappingNode) node))
                .orElseGet(() -> of(Map.of()));
        put(parent, key, own);
        return own;
    }

    /** The list that is a member, as {@link #openMap}. */
    static SequenceNode openList(MappingNode parent, String key) {
        var elements = member(parent, key)
                .filter(SequenceNode.class::isInstance)
                .map(node -> ((SequenceNode) node).getValue())
                .orElse(List.of());
        var own = new SequenceNode(Tag.SEQ, new ArrayList<>(elements), FlowStyle.BLOCK);
        put(parent, key, own);
        return own;
    }

    /** The same members in a map of its own. */
    static MappingNode copy(MappingNode node) {
        var copy = new MappingNode(
                node.getTag(),
                true,
                new ArrayList<>(node.getValue()),
                node.getFlowStyle(),
                node.getStartMark(),
                node.getEndMark());
        copy.setBlockComments(node.getBlockComments());
        copy.setInLineComments(node.getInLineComments());
        copy.setEndComments(node.getEndComments());
        return copy;
    }

    /** The same tree once more, without comments and anchors. */
    static Node deepCopy(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var tuples = new ArrayList<NodeTuple>();
                mapping.getValue()
                        .forEach(tuple -> tuples.add(
                                new NodeTuple(deepCopy(tuple.getKeyNode()), deepCopy(tuple.getValueNode()))));
                yield new MappingNode(mapping.getTag(), tuples, mapping.getFlowStyle());
            }
            case SequenceNode sequence ->
                new SequenceNode(
                        sequence.getTag(),
                        new ArrayList<>(sequence.getValue().stream()
                                .map(Nodes::deepCopy)
                                .toList()),
                        sequence.getFlowStyle());
            case ScalarNode scalar -> new ScalarNode(scalar.getTag(), scalar.getValue(), scalar.getScalarStyle());
            default -> node;
        };
    }

    /** A tree of maps, lists, texts, numbers and booleans as nodes; nodes in it stay as they are. */
    static Node ofAny(Object value) {
        return switch (value) {
            case Node node -> node;
            case Map<?, ?> map -> of(map);
            case List<?> list ->
                new SequenceNode(
                        Tag.SEQ, new ArrayList<>(list.stream().map(Nodes::ofAny).toList()), FlowStyle.BLOCK);
            case Boolean truth -> new ScalarNode(Tag.BOOL, truth.toString(), ScalarStyle.PLAIN);
            case Integer number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
            default -> text(value.toString());
        };
    }

    static MappingNode of(Map<?, ?> members) {
        var tuples = new ArrayList<NodeTuple>();
        members.forEach((key, value) -> tuples.add(new NodeTuple(text(key.toString()), ofAny(value))));
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }

    private static ScalarNode text(String value) {
        // A number is quoted, or it would be read as one; all else that needs quotes gets them from the emitter.
        boolean number = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
        return new ScalarNode(Tag.STR, value, number ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN);
    }
}
