package dev.cenotaph.load.legacy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A JSON value whose scalars keep the spelling they came in. {@code toString} is its compact JSON text. */
sealed interface Json {
    Scalar NULL = new Scalar("null");

    void writeTo(StringBuilder out);

    /** Equality of RFC 6902 §4.6: spelling aside, numbers by value, members in any order. */
    boolean sameAs(Json other);

    static Scalar string(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2);
        quote(value, out);
        return new Scalar(out.toString());
    }

    private static String text(Json value) {
        StringBuilder out = new StringBuilder(512);
        value.writeTo(out);
        return out.toString();
    }

    private static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** A string, a number, or one of {@code true}, {@code false} and {@code null}, as it was written. */
    record Scalar(String spelling) implements Json {
        boolean isString() {
            return spelling.startsWith("\"");
        }

        boolean isWholeNumber() {
            return spelling.matches("0|[1-9][0-9]{0,17}");
        }

        private boolean isNumber() {
            return spelling.charAt(0) == '-' || Character.isDigit(spelling.charAt(0));
        }

        /** The string without its quotes and escapes; other scalars as they are spelt. */
        String value() {
            return isString() ? JsonReader.stringValue(spelling) : spelling;
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append(spelling);
        }

        @Override
        public boolean sameAs(Json other) {
            if (!(other instanceof Scalar scalar) || isString() != scalar.isString()) {
                return false;
            }
            if (isNumber() && scalar.isNumber()) {
                return new BigDecimal(spelling).compareTo(new BigDecimal(scalar.spelling)) == 0;
            }
            return value().equals(scalar.value());
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** An array. */
    record Elements(List<Json> values) implements Json {
        public Elements {
            values = List.copyOf(values);
        }

        Elements inserted(int index, Json value) {
            List<Json> changed = new ArrayList<>(values);
            changed.add(index, value);
            return new Elements(changed);
        }

        Elements replaced(int index, Json value) {
            List<Json> changed = new ArrayList<>(values);
            changed.set(index, value);
            return new Elements(changed);
        }

        Elements removed(int index) {
            List<Json> changed = new ArrayList<>(values);
            changed.remove(index);
            return new Elements(changed);
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('[');
            String separator = "";
            for (Json value : values) {
                out.append(separator);
                value.writeTo(out);
                separator = ",";
            }
            out.append(']');
        }

        @Override
        public boolean sameAs(Json other) {
            if (!(other instanceof Elements elements) || values.size() != elements.values.size()) {
                return false;
            }
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).sameAs(elements.values.get(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return text(this);
        }
    }

    /** An object; its members keep their order. */
    record Members(SequencedMap<String, Json> values) implements Json {
        static final Members NONE = new Members(new LinkedHashMap<>());

        public Members {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }

        Optional<Json> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        /** With this member changed where it stands, or added as the last. */
        Members with(String name, Json value) {
            SequencedMap<String, Json> changed = new LinkedHashMap<>(values);
            changed.put(name, value);
            return new Members(changed);
        }

        /** With this member changed where it stands, or added as the first. */
        Members withLeading(String name, Json value) {
            if (has(name)) {
                return with(name, value);
            }
            SequencedMap<String, Json> changed = new LinkedHashMap<>(values);
            changed.putFirst(name, value);
            return new Members(changed);
        }

        Members without(String name) {
            SequencedMap<String, Json> changed = new LinkedHashMap<>(values);
            changed.remove(name);
            return new Members(changed);
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('{');
            String separator = "";
            for (var member : values.entrySet()) {
                out.append(separator);
                quote(member.getKey(), out);
                out.append(':');
                member.getValue().writeTo(out);
                separator = ",";
            }
            out.append('}');
        }

        @Override
        public boolean sameAs(Json other) {
            return other instanceof Members members
                    && values.keySet().equals(members.values.keySet())
                    && values.entrySet().stream()
                            .allMatch(member ->
                                    members.get(member.getKey()).orElse(NULL).sameAs(member.getValue()));
        }

        @Override
        public String toString() {
            return text(this);
        }
    }
}
