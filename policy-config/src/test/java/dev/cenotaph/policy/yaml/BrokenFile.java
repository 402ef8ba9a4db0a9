package dev.cenotaph.policy.yaml;

import java.util.List;

/**
 * A policy file with one mistake, and where the compiler must see it: at the {@code »} in its text.
 *
 * @param code what the compiler must call it
 * @param judge who can see it
 * @param marked the text, with the {@code »}
 */
record BrokenFile(ProblemCode code, Judge judge, String marked) {
    static final String FILE = "policies/shop.yaml";

    /** Who can see a mistake. */
    enum Judge {
        /** The schema and the compiler. */
        BOTH,
        /** The compiler alone: it takes more than the shape to see it. */
        COMPILER,
        /** The compiler alone: the text has no JSON to show to a schema. */
        YAML
    }

    String text() {
        return marked.replace("»", "");
    }

    List<PolicySource> sources() {
        return List.of(new PolicySource(FILE, text()));
    }

    /** {@code file:line:column: code}. */
    String expected() {
        String before = marked.substring(0, marked.indexOf('»'));
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        return "%s:%d:%d: %s".formatted(FILE, line, column, code.text());
    }

    @Override
    public String toString() {
        String end = marked.substring(Math.max(0, marked.length() - 120)).strip();
        return code.text() + ": " + end.substring(Math.max(0, end.indexOf("resources:")));
    }

    /** One resource with the given lines. */
    static BrokenFile resource(ProblemCode code, Judge judge, String lines) {
        return file(code, judge, Yaml.resource(lines));
    }

    /** One resource that is complete but for the given lines. */
    static BrokenFile orders(ProblemCode code, Judge judge, String lines) {
        return file(code, judge, Yaml.orders(lines));
    }

    static BrokenFile marker(ProblemCode code, Judge judge, String marker) {
        return resource(code, judge, "path: /orders\nmarker: " + marker);
    }

    static BrokenFile file(ProblemCode code, Judge judge, String marked) {
        return new BrokenFile(code, judge, marked);
    }
}
