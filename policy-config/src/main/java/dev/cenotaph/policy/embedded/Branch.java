package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document with those inside it, and what is to become of it. Everything that stays is written as it came. As
 * in a list, what goes takes the separator before it along, and the first that stays has the white space after the bracket.
 */
final class Branch {
    private final byte[] bytes;
    private final @Nullable Branch parent;
    private final @Nullable JsonSpan name;
    private final int start;
    private int end;
    private List<Branch> children = List.of();

    private boolean gone;
    private @Nullable String instead;
    private boolean touched;

    Branch(byte[] bytes, @Nullable Branch parent, @Nullable JsonSpan name, int start) {
        this.bytes = bytes;
        this.parent = parent;
        this.name = name;
        this.start = start;
        if (parent != null) {
            parent.add(this);
        }
    }

    private void add(Branch child) {
        if (children.isEmpty()) {
            children = new ArrayList<>();
        }
        children.add(child);
    }

    void endsAt(int position) {
        end = position;
    }

    JsonSpan span() {
        return new JsonSpan(bytes, start, end);
    }

    Kind kind() {
        return span().kind();
    }

    /** The elements of an array, the members' values of an object. */
    List<Branch> children() {
        return children;
    }

    /** The values of all members of this name: another parser may take another of them. */
    List<Branch> members(String memberName) {
        return kind() != Kind.OBJECT
                ? List.of()
                : children.stream().filter(child -> child.isNamed(memberName)).toList();
    }

    /** What an only or last member of this name says, if it is a text. */
    Optional<String> text(String memberName) {
        List<Branch> members = members(memberName);
        return members.isEmpty() || members.getLast().kind() != Kind.STRING
                ? Optional.empty()
                : Optional.of(members.getLast().span().text());
    }

    private boolean isNamed(String memberName) {
        return name != null && name.text().equals(memberName);
    }

    /** Whether it goes, or something else stands for it or for what it is in. */
    boolean isGone() {
        return gone || instead != null || (parent != null && parent.isGone());
    }

    boolean isTouched() {
        return touched;
    }

    /** Takes it out of what it is in. A whole document becomes {@code null}. */
    void go() {
        if (parent == null) {
            become("null");
        } else {
            gone = true;
            touch();
        }
    }

    void become(String json) {
        instead = json;
        touch();
    }

    /** Takes out an element, and puts {@code null} in the place of anything else. */
    void goOrBecomeNull() {
        if (parent != null && parent.kind() == Kind.ARRAY) {
            go();
        } else {
            become("null");
        }
    }

    private void touch() {
        touched = true;
        if (parent != null) {
            parent.touch();
        }
    }

    /** The document as it is now. */
    byte[] document() {
        var out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, start);
        write(out);
        out.write(bytes, end, bytes.length - end);
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out) {
        if (instead != null) {
            out.writeBytes(instead.getBytes(StandardCharsets.UTF_8));
        } else if (touched) {
            writeChildren(out);
        } else {
            out.write(bytes, start, end - start);
        }
    }

    private void writeChildren(ByteArrayOutputStream out) {
        out.write(bytes[start]);
        int separator = start + 1;
        boolean first = true;
        for (Branch child : children) {
            if (!child.gone) {
                int from = first ? start + 1 : separator;
                int to = first ? children.getFirst().begins() : child.begins();
                out.write(bytes, from, to - from);
                out.write(bytes, child.begins(), child.start - child.begins());
                child.write(out);
                first = false;
            }
            separator = child.end;
        }
        int tail = first ? end - 1 : separator;
        out.write(bytes, tail, end - tail);
    }

    /** With its name. */
    private int begins() {
        return name == null ? start : name.start();
    }
}
