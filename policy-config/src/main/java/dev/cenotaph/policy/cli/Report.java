package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.yaml.PolicySource;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a command found.
 *
 * @param command its name
 * @param subjects what it looked at, in order
 * @param sources the texts that findings stand in, to quote from
 * @param rules what the findings' codes mean
 * @param summary the last line, for people
 */
record Report(String command, List<Subject> subjects, List<PolicySource> sources, List<Rule> rules, String summary) {
    Report {
        subjects = List.copyOf(subjects);
        sources = List.copyOf(sources);
        rules = List.copyOf(rules);
    }

    Stream<Finding> findings() {
        return subjects.stream().flatMap(subject -> subject.findings().stream());
    }

    long count(Severity severity) {
        return findings().filter(finding -> finding.severity() == severity).count();
    }

    /** @param strict whether a warning counts */
    int exitCode(boolean strict) {
        boolean found = count(Severity.ERROR) > 0 || (strict && count(Severity.WARNING) > 0);
        return found ? ExitCode.FINDINGS : ExitCode.FINE;
    }
}
