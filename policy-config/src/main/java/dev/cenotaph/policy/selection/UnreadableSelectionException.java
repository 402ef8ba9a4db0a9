package dev.cenotaph.policy.selection;

import dev.cenotaph.policy.operation.Refusal;
import java.util.List;

/** A request that does not say for certain which items it means. */
public final class UnreadableSelectionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    UnreadableSelectionException(int status, String code, String detail) {
        super(detail, null, false, false);
        this.refusal = new Refusal(status, code, detail, List.of());
    }

    /** What the client is told. */
    public Refusal refusal() {
        return refusal;
    }
}
