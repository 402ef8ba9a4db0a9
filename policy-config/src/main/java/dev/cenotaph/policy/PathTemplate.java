package dev.cenotaph.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A URL path with variables, such as {@code /users/{user}/orders/{id}}. A template that ends in {@code /} has an empty
 * literal as its last segment: the slash is part of it.
 *
 * @param text as written in the policy
 * @param segments what stands between the slashes, in order
 */
public record PathTemplate(String text, List<Segment> segments) {

    /** What stands between two slashes. */
    public sealed interface Segment {}

    /** Matches this text alone, byte for byte. */
    public record Literal(String text) implements Segment {}

    /** Matches any non-empty text that ends in the suffix, which may be empty. */
    public record Variable(String name, String suffix) implements Segment {}

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /** The names of the variables, from left to right. */
    public List<String> variables() {
        var names = new ArrayList<String>();
        for (Segment segment : segments) {
            if (segment instanceof Variable variable) {
                names.add(variable.name());
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return text;
    }
}
