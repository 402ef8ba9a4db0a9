package dev.cenotaph.policy.operation;

import java.util.List;

/**
 * Why a request goes nowhere.
 *
 * @param status the answer's status
 * @param code stable, kebab-case
 * @param detail for the client, one or two sentences
 * @param allow the methods that are allowed; not empty for 405 alone
 */
public record Refusal(int status, String code, String detail, List<String> allow) {
    public Refusal {
        allow = List.copyOf(allow);
    }

    static Refusal badRequest(String code, String detail) {
        return new Refusal(400, code, detail, List.of());
    }

    static Refusal methodNotAllowed(String detail, String... allow) {
        return new Refusal(405, "method-not-allowed", detail, List.of(allow));
    }
}
