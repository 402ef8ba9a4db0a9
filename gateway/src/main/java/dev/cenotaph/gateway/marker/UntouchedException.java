package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Problem;

/** A marker protocol did not change the item at the upstream, for a reason that the client is told. */
public final class UntouchedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    UntouchedException(int status, String code, String detail) {
        super(code);
        this.problem = Problem.of(status, code, detail);
    }

    UntouchedException(int status, String code, String detail, Throwable cause) {
        this(status, code, detail);
        initCause(cause);
    }

    /** Stable, kebab-case. */
    public String code() {
        return problem.code();
    }

    public Answer answer() {
        return Answer.problem(problem);
    }
}
