package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.json.JsonEvents;
import dev.cenotaph.policy.json.JsonScanner;
import dev.cenotaph.policy.json.JsonSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads a document into {@link Branch branches}. */
final class BranchBuilder implements JsonEvents {
    private final byte[] bytes;
    private final Deque<Branch> open = new ArrayDeque<>();
    private @Nullable JsonSpan name;
    private @Nullable Branch root;

    private BranchBuilder(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The document's own value.
     *
     * @throws dev.cenotaph.policy.json.MalformedJsonException if it is none
     */
    static Branch read(byte[] document) {
        var builder = new BranchBuilder(document);
        var scanner = new JsonScanner(builder, JsonScanner.DEPTH, 0);
        scanner.feed(document, 0, document.length);
        scanner.finish();
        if (builder.root == null) {
            throw new IllegalStateException("a document without a value");
        }
        return builder.root;
    }

    @Override
    public void name(int depth, long start, long end) {
        name = new JsonSpan(bytes, (int) start, (int) end);
    }

    @Override
    public void begins(int depth, byte first, long at) {
        var branch = new Branch(bytes, open.peek(), name, (int) at);
        name = null;
        if (root == null) {
            root = branch;
        }
        open.push(branch);
    }

    @Override
    public void ends(int depth, long end) {
        open.pop().endsAt((int) end);
    }
}
