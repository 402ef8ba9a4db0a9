package dev.cenotaph.policy;

import java.util.List;

/**
 * Where a value sits inside a JSON document: the reference tokens of a JSON Pointer (RFC 6901), unescaped. The empty
 * place is the whole document.
 */
public record Place(List<String> tokens) {
    public static final Place ROOT = new Place(List.of());

    public Place {
        tokens = List.copyOf(tokens);
    }

    public boolean isRoot() {
        return tokens.isEmpty();
    }

    public Place append(Place inner) {
        var all = new java.util.ArrayList<>(tokens);
        all.addAll(inner.tokens);
        return new Place(all);
    }

    /** As a JSON Pointer, {@code ""} for the whole document. */
    public String pointer() {
        var text = new StringBuilder();
        for (String token : tokens) {
            text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return pointer();
    }
}
