package dev.cenotaph.policy.match;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The children of a node by the text of their segment: a hash table that finds all spellings that differ in case. */
final class LiteralChildren {

    /**
     * One child.
     *
     * @param asWritten whether this is the text of the template, not what it decodes to
     */
    record Child(
            String text,
            boolean asWritten,
            Node node,
            @Nullable Child next) {}

    private final @Nullable Child[] buckets;

    LiteralChildren(Map<String, Node> children) {
        buckets = new @Nullable Child[Integer.highestOneBit(children.size() * 4 + 1)];
        children.forEach((text, node) -> {
            put(text, true, node);
            String decoded = LenientDecoder.PLAIN.decode(text);
            if (!decoded.equals(text)) {
                put(decoded, false, node);
            }
        });
    }

    private void put(String text, boolean asWritten, Node node) {
        int bucket = bucket(Fold.hash(text, 0, text.length()));
        buckets[bucket] = new Child(text, asWritten, node, buckets[bucket]);
    }

    private int bucket(int hash) {
        return hash & (buckets.length - 1);
    }

    /** The first of those that the text may lead to; the others follow it. */
    @Nullable Child candidates(String path, int from, int to) {
        return buckets[bucket(Fold.hash(path, from, to))];
    }

    boolean isEmpty() {
        return Arrays.stream(buckets).allMatch(Objects::isNull);
    }

    /** The child of the empty segment: what stands behind a last slash. */
    @Nullable Node emptySegment() {
        Child child = candidates("", 0, 0);
        while (child != null && !child.text().isEmpty()) {
            child = child.next();
        }
        return child == null ? null : child.node();
    }
}
