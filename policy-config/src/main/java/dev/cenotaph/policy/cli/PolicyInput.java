package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.source.PolicyFiles;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policies that a command is given: files, directories, {@code -} for the standard input; together they are one set.
 *
 * @param problems of reading and compiling, in the order of the files
 * @param compiled empty if there is any problem
 */
record PolicyInput(List<PolicySource> sources, List<PolicyProblem> problems, Optional<CompiledPolicies> compiled) {
    private static final String STANDARD_INPUT = "-";
    private static final Set<String> UNREADABLE =
            Set.of(ProblemCode.NO_POLICY_FILES.text(), ProblemCode.UNREADABLE_FILE.text());

    PolicyInput {
        sources = List.copyOf(sources);
        problems = List.copyOf(problems);
    }

    static PolicyInput read(List<String> paths, Terminal terminal) {
        Map<String, PolicySource> sources = new LinkedHashMap<>();
        List<PolicyProblem> problems = new ArrayList<>();
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                sources.put(path, standardInput(terminal));
            } else {
                var found = PolicyFiles.find(Path.of(path));
                found.sources().forEach(source -> sources.put(source.file(), source));
                problems.addAll(found.problems());
            }
        }
        return compile(List.copyOf(sources.values()), problems, terminal);
    }

    /** Whether something could not be read at all. */
    boolean isUnreadable() {
        return problems.stream().map(PolicyProblem::code).anyMatch(UNREADABLE::contains);
    }

    /**
     * The policies, for a command that cannot do without.
     *
     * @throws InvalidPolicyException with every problem
     */
    CompiledPolicies sound() {
        return compiled.orElseThrow(() -> new InvalidPolicyException(problems));
    }

    private static PolicyInput compile(List<PolicySource> sources, List<PolicyProblem> unread, Terminal terminal) {
        try {
            var compiled = PolicyCompiler.compileWithPlaces(sources, terminal.environment());
            return new PolicyInput(sources, unread, unread.isEmpty() ? Optional.of(compiled) : Optional.empty());
        } catch (InvalidPolicyException e) {
            var problems = new ArrayList<>(unread);
            problems.addAll(e.problems());
            return new PolicyInput(sources, problems, Optional.empty());
        }
    }

    private static PolicySource standardInput(Terminal terminal) {
        try {
            return new PolicySource("<stdin>", new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
