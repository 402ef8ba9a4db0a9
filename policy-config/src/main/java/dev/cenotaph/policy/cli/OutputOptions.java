package dev.cenotaph.policy.cli;

import picocli.CommandLine.Option;

/** What commands that report findings have in common. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "How to print: ${COMPLETION-CANDIDATES}. Default: text.")
    private OutputForm output = OutputForm.TEXT;

    @Option(names = "--strict", description = "Warnings, too, end the command with 1.")
    private boolean strict;

    /** Prints what is wrong with policies that a command cannot do without. */
    int printBroken(PolicyReport broken, Terminal terminal) {
        return broken.print(output, terminal);
    }

    /** Prints the report and gives the command's exit code. */
    int print(Report report, Terminal terminal) {
        terminal.out().print(output.form(terminal.ink(), strict).of(report));
        terminal.out().flush();
        return report.exitCode(strict);
    }
}
