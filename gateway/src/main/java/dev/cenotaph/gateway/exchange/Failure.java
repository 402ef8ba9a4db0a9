package dev.cenotaph.gateway.exchange;

/** A request that ends in a problem. Carries no stack trace: it is an answer, not a defect. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    public Failure(Answer answer) {
        super("answered " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Failure(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.answer = Answer.problem(problem);
    }

    /** What the client gets. */
    public Answer answer() {
        return answer;
    }
}
