package dev.cenotaph.policy.cli;

/** What the command was given cannot be read. The message is for the person who gave it. */
final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableInputException(String message) {
        super(message);
    }

    UnusableInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
