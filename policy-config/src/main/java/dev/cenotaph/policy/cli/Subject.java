package dev.cenotaph.policy.cli;

import java.util.List;

/**
 * What a command looked at: a file, a case.
 *
 * @param group what subjects are gathered under
 */
record Subject(String group, String name, List<Finding> findings) {
    Subject {
        findings = List.copyOf(findings);
    }

    boolean failed() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
