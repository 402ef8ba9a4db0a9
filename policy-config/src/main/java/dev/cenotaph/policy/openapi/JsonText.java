package dev.cenotaph.policy.openapi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes a tree of nodes as JSON, aliases written out, within a bound. */
final class JsonText {
    private static final int LONGEST = 1 << 26;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private final String file;
    private final boolean indented;
    private final StringBuilder text = new StringBuilder();
    private int depth;

    private JsonText(String file, boolean indented) {
        this.file = file;
        this.indented = indented;
    }

    /** In one line. */
    static String compact(String file, Node node) {
        return new JsonText(file, false).written(node);
    }

    /** As people read it. */
    static String indented(String file, Node node) {
        return new JsonText(file, true).written(node) + "\n";
    }

    private String written(Node node) {
        write(node);
        return text.toString();
    }

    private void write(Node node) {
        if (text.length() > LONGEST) {
            throw refused(
                    node,
                    "With its aliases written out, the document is longer than 64 MiB.",
                    "Use `$ref` instead of aliases.");
        }
        if (node.isRecursive()) {
            throw refused(
                    node, "An alias stands inside of what it stands for.", "Use `$ref` for what contains itself.");
        }
        switch (node) {
            case MappingNode mapping -> writeMapping(mapping);
            case SequenceNode sequence -> writeSequence(sequence);
            case ScalarNode scalar -> writeScalar(scalar);
            default -> throw refused(node, "This is neither a map nor a list nor a value.", "Write one of them.");
        }
    }

    private void writeMapping(MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        text.append('{');
        depth++;
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            if (!seen.add(key)) {
                throw refused(tuple.getKeyNode(), "`" + key + "` stands here a second time.", "Remove one of the two.");
            }
            separate(seen.size() > 1);
            quote(key);
            text.append(indented ? ": " : ":");
            write(tuple.getValueNode());
        }
        depth--;
        close(!seen.isEmpty());
        text.append('}');
    }

    private String key(Node key) {
        if (key instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw refused(key, "A key is no text.", "Write a name as key.");
    }

    private void writeSequence(SequenceNode sequence) {
        text.append('[');
        depth++;
        boolean any = false;
        for (Node element : sequence.getValue()) {
            separate(any);
            write(element);
            any = true;
        }
        depth--;
        close(any);
        text.append(']');
    }

    private void separate(boolean any) {
        if (any) {
            text.append(',');
        }
        indent();
    }

    private void close(boolean any) {
        if (any) {
            indent();
        }
    }

    private void indent() {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void writeScalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            text.append("null");
        } else if (scalar.getTag().equals(Tag.BOOL)) {
            text.append(Boolean.parseBoolean(value));
        } else if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            writeNumber(value);
        } else {
            quote(value);
        }
    }

    /** YAML has numbers that JSON spells otherwise, and some that JSON has not. */
    private void writeNumber(String value) {
        if (NUMBER.matcher(value).matches()) {
            text.append(value);
        } else if (value.startsWith("0x")) {
            text.append(new BigInteger(value.substring(2), 16));
        } else if (value.startsWith("0o")) {
            text.append(new BigInteger(value.substring(2), 8));
        } else if (value.endsWith(".inf")
                || value.endsWith(".Inf")
                || value.endsWith(".INF")
                || value.startsWith(".n")
                || value.startsWith(".N")) {
            quote(value);
        } else {
            text.append(new BigDecimal(value));
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            switch (letter) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (letter < ' ') {
                        text.append("\\u%04x".formatted((int) letter));
                    } else {
                        text.append(letter);
                    }
                }
            }
        }
        text.append('"');
    }

    private UnreadableDocumentException refused(Node node, String what, String mend) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        return new UnreadableDocumentException(file, line, column, what, mend);
    }
}
