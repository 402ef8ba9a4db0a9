package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.rehearsal.Rehearsal;
import dev.cenotaph.policy.source.PolicyFiles;
import dev.cenotaph.policy.yaml.CaseFile;
import dev.cenotaph.policy.yaml.CaseFileReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code test}: plays the cases that lie beside policies. */
@Command(
        name = "test",
        description = "Plays the cases beside policies (NAME.cases.yaml beside NAME.yaml), without a network.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Examples:", "  cenotaph test policies/", "  cenotaph test -o junit policies/ > report.xml"})
final class TestCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    static final String FAILED = "case-failed";

    private static final List<Rule> RULES =
            List.of(new Rule(FAILED, Severity.ERROR, "A case comes out otherwise than it says."));

    private final Terminal terminal;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Policy files, or directories of them.")
    private List<String> paths = List.of();

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var input = PolicyInput.read(paths, terminal);
        if (input.compiled().isEmpty()) {
            return output.printBroken(new PolicyReport(input), terminal);
        }
        var files = caseFiles();
        var problems = files.stream().flatMap(file -> file.problems().stream()).toList();
        if (!problems.isEmpty()) {
            return output.print(broken(files, problems), terminal);
        }
        var cases = new Cases(
                new Rehearsal(input.compiled().get().policies()),
                Clock.systemUTC().instant());
        var subjects = new ArrayList<Subject>();
        for (CaseFile file : files) {
            file.cases().forEach(placed -> subjects.add(cases.play(file.source().file(), placed)));
        }
        long failed = subjects.stream().filter(Subject::failed).count();
        String summary = Counted.of(subjects.size(), "case") + " in " + Counted.of(files.size(), "file") + ", "
                + (failed == 0 ? "all as expected." : failed + " otherwise than expected.");
        var sources = files.stream().map(CaseFile::source).toList();
        return output.print(new Report("test", subjects, sources, RULES, summary), terminal);
    }

    private static Report broken(List<CaseFile> files, List<PolicyProblem> problems) {
        var subjects = files.stream()
                .map(file -> new Subject(
                        "cases",
                        file.source().file(),
                        file.problems().stream().map(Finding::of).toList()))
                .toList();
        String summary = Counted.of(files.size(), "case file") + ", " + Counted.of(problems.size(), "error") + ".";
        return new Report("test", subjects, files.stream().map(CaseFile::source).toList(), Rules.ofPolicies(), summary);
    }

    /** Each once, however often it is named. */
    private List<CaseFile> caseFiles() {
        var files = new LinkedHashMap<Path, CaseFile>();
        var unread = new ArrayList<PolicyProblem>();
        for (String path : paths) {
            if (!path.equals(STANDARD_INPUT)) {
                var found = PolicyFiles.findCases(Path.of(path));
                unread.addAll(found.problems());
                found.sources()
                        .forEach(source -> files.computeIfAbsent(
                                Path.of(source.file()).toAbsolutePath().normalize(),
                                file -> CaseFileReader.read(source)));
            }
        }
        if (!unread.isEmpty()) {
            throw new InvalidPolicyException(unread);
        }
        if (files.isEmpty()) {
            throw new UnusableInputException(
                    "there is no case file beside these policies: a NAME.cases.yaml beside NAME.yaml");
        }
        files.values().stream()
                .filter(file -> file.problems().isEmpty() && file.cases().isEmpty())
                .findFirst()
                .ifPresent(file -> {
                    throw new UnusableInputException("`" + file.source().file() + "` holds no case");
                });
        return List.copyOf(files.values());
    }
}
