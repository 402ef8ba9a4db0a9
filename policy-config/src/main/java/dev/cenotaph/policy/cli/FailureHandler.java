package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.InvalidPolicyException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says on the error stream why a command could not be carried out. */
final class FailureHandler implements IExecutionExceptionHandler {
    private static final String DEBUG = "CENOTAPH_DEBUG";

    private final Terminal terminal;

    FailureHandler(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return failure instanceof UnusableInputException || failure instanceof InvalidPolicyException
                ? tell(String.valueOf(failure.getMessage()))
                : unexpected(failure);
    }

    /** What is nobody's input but ours to mend. */
    int unexpected(Throwable failure) {
        if (terminal.environment().get(DEBUG) != null) {
            failure.printStackTrace(terminal.err());
        }
        return tell("this is a defect of cenotaph: "
                + failure.toString().lines().findFirst().orElse("") + ". Please report it with what " + DEBUG
                + "=1 shows besides.");
    }

    private int tell(String why) {
        terminal.err().println(terminal.ink().bad("error: ") + why);
        terminal.err().flush();
        return ExitCode.UNUSABLE;
    }
}
