package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.InvalidPolicyException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says on the error stream why a command could not be carried out. */
final class FailureHandler implements IExecutionExceptionHandler {
    private final Terminal terminal;

    FailureHandler(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof UnusableInputException || failure instanceof InvalidPolicyException) {
            terminal.err().println(terminal.ink().bad("error: ") + failure.getMessage());
            terminal.err().flush();
            return ExitCode.UNUSABLE;
        }
        throw failure;
    }
}
