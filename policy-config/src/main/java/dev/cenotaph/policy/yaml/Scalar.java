package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.JsonScalar;

/**
 * A text, number, boolean or null.
 *
 * @param text a text as it is; for the other kinds, their JSON
 */
record Scalar(Position at, Kind kind, String text) implements Value {

    enum Kind {
        TEXT("a text"),
        NUMBER("a number"),
        BOOLEAN("a boolean"),
        NULL("empty");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    JsonScalar json() {
        return new JsonScalar(isText() ? Json.quoted(text) : text);
    }

    @Override
    public String kindName() {
        return kind.inWords;
    }
}
