package dev.cenotaph.policy.yaml;

/** Nothing more can be read from a file. */
final class UnreadableYamlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Position at;
    private final ProblemCode code;
    private final transient Complaint complaint;

    UnreadableYamlException(Position at, ProblemCode code, String what, String mend) {
        super(what);
        this.at = at;
        this.code = code;
        this.complaint = new Complaint(what, mend);
    }

    Position at() {
        return at;
    }

    ProblemCode code() {
        return code;
    }

    Complaint complaint() {
        return complaint;
    }
}
