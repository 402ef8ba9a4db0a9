package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Small policy files, and what becomes of them. */
final class Yaml {
    static final String HEAD = "version: 1\nupstream: http://localhost:9090\n";

    private Yaml() {}

    /** A file whose only resource, {@code orders}, has these lines. */
    static String resource(String lines) {
        return HEAD + "resources:\n  orders:\n" + lines.strip().indent(4);
    }

    /** A file whose only resource, {@code orders}, has a path, a marker and these lines. */
    static String orders(String lines) {
        return resource("path: /orders\nmarker: { flag: is_trashed }\n" + lines);
    }

    static PolicySet compile(Map<String, String> environment, String... texts) {
        return PolicyCompiler.compile(sources(texts), environment::get);
    }

    static PolicySet compile(String... texts) {
        return compile(Map.of(), texts);
    }

    /** The only resource of a file. */
    static ResourcePolicy only(String text) {
        return compile(text).resources().getFirst();
    }

    static List<PolicyProblem> problems(String... texts) {
        try {
            compile(texts);
            return List.of();
        } catch (InvalidPolicyException e) {
            return e.problems();
        }
    }

    /** {@code line:column code} of each problem. */
    static List<String> found(String... texts) {
        return problems(texts).stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.code())
                .toList();
    }

    /** The files {@code a.yaml}, {@code b.yaml}, … */
    static List<PolicySource> sources(String... texts) {
        var names = "abcdefghij".chars().mapToObj(Character::toString).iterator();
        return Stream.of(texts)
                .map(text -> new PolicySource(names.next() + ".yaml", text))
                .toList();
    }
}
