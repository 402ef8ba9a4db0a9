package dev.cenotaph.policy.operation;

/** A query parameter of ours that is not as it has to be. The message is for the client. */
final class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;

    InvalidParameterException(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
