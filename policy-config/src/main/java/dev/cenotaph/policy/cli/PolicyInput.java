package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.source.PolicyFiles;
import dev.cenotaph.policy.source.PolicyFiles.Found;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.ProblemCode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        Map<Object, PolicySource> sources = new LinkedHashMap<>();
        List<PolicyProblem> problems = new ArrayList<>();
        for (String path : paths) {
            var found = path.equals(STANDARD_INPUT) ? PolicyFiles.receive(terminal.in()) : find(path);
            found.sources().forEach(source -> sources.putIfAbsent(identity(source), source));
            found.problems().stream().map(PolicyInput::forTheCommandLine).forEach(problems::add);
        }
        return compile(List.copyOf(sources.values()), problems, terminal);
    }

    /** What is broken in either. */
    PolicyInput and(PolicyInput other) {
        return new PolicyInput(
                Stream.concat(sources.stream(), other.sources.stream())
                        .distinct()
                        .toList(),
                Stream.concat(problems.stream(), other.problems.stream())
                        .distinct()
                        .toList(),
                Optional.empty());
    }

    private static Found find(String path) {
        try {
            return PolicyFiles.find(Path.of(path));
        } catch (InvalidPathException e) {
            return new Found(
                    List.of(),
                    List.of(ProblemCode.UNREADABLE_FILE.ofFile(
                            path,
                            "This machine takes it for no path: " + e.getReason() + ".",
                            "Where the name is not plain ASCII, set LC_ALL to a UTF-8 locale.")));
        }
    }

    /** One file is the same by whatever path. */
    private static Object identity(PolicySource source) {
        if (source.file().equals(PolicyFiles.STANDARD_INPUT)) {
            return source.file();
        }
        Path path = Path.of(source.file());
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Whoever runs a command names files and sets no properties. */
    private static PolicyProblem forTheCommandLine(PolicyProblem problem) {
        return problem.code().equals(ProblemCode.NO_POLICY_FILES.text())
                ? ProblemCode.NO_POLICY_FILES.ofFile(
                        problem.file(), problem.what(), "Name a policy file, or a directory of them.")
                : problem;
    }

    /** Whether something could not be read at all. */
    boolean isUnreadable() {
        return problems.stream().map(PolicyProblem::code).anyMatch(UNREADABLE::contains);
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
}
