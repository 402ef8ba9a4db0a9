package dev.cenotaph.policy.cli;

/** How a command ends. */
final class ExitCode {
    static final int FINE = 0;
    /** Something was found. */
    static final int FINDINGS = 1;
    /** The command cannot be understood, or a file that it needs cannot be read. */
    static final int UNUSABLE = 2;

    private ExitCode() {}
}
