package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.rehearsal.Rehearsal;
import dev.cenotaph.policy.source.PolicyFiles;
import dev.cenotaph.policy.yaml.CaseFile;
import dev.cenotaph.policy.yaml.CaseFileReader;
import dev.cenotaph.policy.yaml.PolicySource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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
        var compiled = PolicyInput.read(paths, terminal).sound();
        var files = caseFiles();
        var cases =
                new Cases(new Rehearsal(compiled.policies()), Clock.systemUTC().instant());
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

    private List<CaseFile> caseFiles() {
        var files = new ArrayList<CaseFile>();
        var problems = new ArrayList<PolicyProblem>();
        for (String path : paths) {
            var found = PolicyFiles.findCases(Path.of(path));
            problems.addAll(found.problems());
            for (PolicySource source : found.sources()) {
                files.add(CaseFileReader.read(source));
            }
        }
        files.forEach(file -> problems.addAll(file.problems()));
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
        if (files.isEmpty()) {
            throw new UnusableInputException(
                    "there is no case file beside these policies: a NAME.cases.yaml beside NAME.yaml");
        }
        return files;
    }
}
