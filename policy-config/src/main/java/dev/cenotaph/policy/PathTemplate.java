package dev.cenotaph.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A URL path with variables, such as {@code /users/{user}/orders/{id}}. A template that ends in {@code /} has an empty
 * literal as its last segment: the slash is part of it.
 *
 * @param text as written in the policy
 * @param segments what stands between the slashes, in order
 */
public record PathTemplate(String text, List<Segment> segments) {
    // RFC 3986 §3.3: what a path segment may hold as it is.
    private static final String UNESCAPED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,=:@";

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

    /**
     * The raw path with the variables filled in, percent-encoded (RFC 3986 §2.1).
     *
     * @param value gives the decoded value of a variable by its name
     */
    public String expand(UnaryOperator<String> value) {
        var path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/');
            switch (segment) {
                case Literal literal -> path.append(literal.text());
                case Variable variable ->
                    path.append(encoded(value.apply(variable.name()))).append(variable.suffix());
            }
        }
        return path.toString();
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (UNESCAPED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
