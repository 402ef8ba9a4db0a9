package dev.cenotaph.policy.source;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import dev.cenotaph.policy.yaml.Environment;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The policy files at a path: one file, or every {@code *.yaml} and {@code *.yml} that lies directly in a directory, but
 * for the {@code *.cases.yaml} beside them.
 */
public final class PolicyFiles {
    /** Neither hidden nor a copy that an editor keeps: those have something in front or behind. */
    private static final Pattern POLICY_FILE = Pattern.compile("[^.#].*(?<!\\.cases)\\.ya?ml");

    private static final Pattern YAML = Pattern.compile(".*\\.ya?ml");

    private static final Pattern CASE_FILE = Pattern.compile("[^.#].*\\.cases\\.ya?ml");

    private static final int MOST_BYTES = 1 << 20;

    /** What the standard input is called. */
    public static final String STANDARD_INPUT = "<stdin>";

    private final List<PolicySource> sources = new ArrayList<>();
    private final List<PolicyProblem> problems = new ArrayList<>();

    /** What lies at a path: the texts of the files that can be read, and what is wrong with the others. */
    public record Found(List<PolicySource> sources, List<PolicyProblem> problems) {
        public Found {
            sources = List.copyOf(sources);
            problems = List.copyOf(problems);
        }

        /**
         * The compiled policies, and where they stand.
         *
         * @throws InvalidPolicyException with what could not be read, and what is wrong with the rest
         */
        public CompiledPolicies compile(Environment environment) {
            if (problems.isEmpty()) {
                return PolicyCompiler.compileWithPlaces(sources, environment);
            }
            throw invalid(environment);
        }

        /** The version that the compiled policies have; empty where not all could be read. */
        public String version() {
            return problems.isEmpty() ? PolicyCompiler.version(sources) : "";
        }

        private InvalidPolicyException invalid(Environment environment) {
            var all = new ArrayList<>(problems);
            try {
                PolicyCompiler.compile(sources, environment);
            } catch (InvalidPolicyException e) {
                all.addAll(e.problems());
            }
            all.sort(Comparator.comparing(PolicyProblem::file));
            return new InvalidPolicyException(all);
        }
    }

    private PolicyFiles() {}

    /** What lies at a path, whatever is wrong with it. */
    public static Found find(Path path) {
        var files = at(path);
        return new Found(files.sources, files.problems);
    }

    /** One policy file that somebody sends. */
    public static Found receive(InputStream bytes) {
        var files = new PolicyFiles();
        try {
            files.add(STANDARD_INPUT, bytes);
        } catch (IOException e) {
            files.tell(STANDARD_INPUT, ProblemCode.UNREADABLE_FILE, "It cannot be read: " + e + ".", "Send it again.");
        }
        return new Found(files.sources, files.problems);
    }

    /** The case files beside the policies at a path: all of a directory, or the one that has a file's name. */
    public static Found findCases(Path path) {
        var files = new PolicyFiles();
        try {
            files.listCases(path).forEach(files::add);
        } catch (IOException e) {
            files.tell(
                    path,
                    ProblemCode.UNREADABLE_FILE,
                    "The directory cannot be listed: " + e + ".",
                    "Make it readable.");
        }
        return new Found(files.sources, files.problems);
    }

    private List<Path> listCases(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (var inside = Files.list(path)) {
                return inside.filter(file -> CASE_FILE.matcher(name(file)).matches())
                        .sorted(Comparator.comparing(PolicyFiles::name))
                        .toList();
            }
        }
        if (!YAML.matcher(name(path)).matches()) {
            return List.of();
        }
        Path cases = path.resolveSibling(name(path).replaceFirst("(\\.ya?ml)$", ".cases$1"));
        return Files.exists(cases) ? List.of(cases) : List.of();
    }

    /**
     * The compiled policies at a path.
     *
     * @throws InvalidPolicyException with every problem of every file
     */
    public static PolicySet load(Path path, Environment environment) {
        return find(path).compile(environment).policies();
    }

    /**
     * The texts of the files at a path, in the order of their names.
     *
     * @throws InvalidPolicyException if there is none, or one cannot be read
     */
    public static List<PolicySource> read(Path path) {
        var files = at(path);
        if (files.problems.isEmpty()) {
            return List.copyOf(files.sources);
        }
        throw new InvalidPolicyException(files.problems);
    }

    private static PolicyFiles at(Path path) {
        var files = new PolicyFiles();
        try {
            files.list(path).forEach(files::add);
        } catch (IOException e) {
            files.tell(
                    path,
                    ProblemCode.UNREADABLE_FILE,
                    "The directory cannot be listed: " + e + ".",
                    "Make it readable.");
        }
        return files;
    }

    private List<Path> list(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.exists(path) ? List.of(path) : none(path, "There is nothing at this path.");
        }
        try (var inside = Files.list(path)) {
            var found = inside.filter(file -> POLICY_FILE.matcher(name(file)).matches() && !Files.isDirectory(file))
                    .sorted(Comparator.comparing(PolicyFiles::name))
                    .toList();
            return found.isEmpty() ? none(path, "The directory holds no `*.yaml` and no `*.yml`.") : found;
        }
    }

    private List<Path> none(Path path, String what) {
        tell(
                path,
                ProblemCode.NO_POLICY_FILES,
                what,
                "Point `cenotaph.policies` to a policy file, or to a directory of them.");
        return List.of();
    }

    private void add(Path file) {
        // Nobody waits for a pipe that nobody writes to.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            tell(file, ProblemCode.UNREADABLE_FILE, "It is no regular file.", "Take it away, or write a file.");
            return;
        }
        try (var bytes = Files.newInputStream(file)) {
            add(file.toString(), bytes);
        } catch (IOException e) {
            tell(file, ProblemCode.UNREADABLE_FILE, "The file cannot be read: " + e + ".", "Make it readable.");
        }
    }

    private void add(String file, InputStream bytes) throws IOException {
        try {
            byte[] head = bytes.readNBytes(MOST_BYTES + 1);
            if (head.length > MOST_BYTES) {
                tell(file, ProblemCode.TOO_LARGE, "The file is longer than 1 MiB.", "Split it into several files.");
            } else {
                sources.add(new PolicySource(file, decoded(head)));
            }
        } catch (CharacterCodingException e) {
            tell(file, ProblemCode.NOT_UTF_8, "The file is not written in UTF-8.", "Save it as UTF-8.");
        }
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private void tell(Path path, ProblemCode code, String what, String mend) {
        tell(path.toString(), code, what, mend);
    }

    private void tell(String file, ProblemCode code, String what, String mend) {
        problems.add(code.ofFile(file, what, mend));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
