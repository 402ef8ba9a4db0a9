package dev.cenotaph.policy.rehearsal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One case of a case file: a request, what is known, what the upstream is asked and answers, what the client gets.
 *
 * @param calls all calls to the upstream that are expected, in order, each with its answer
 */
public record Case(String name, Call request, List<Trashed> trashed, List<ExpectedCall> calls, ExpectedReply reply) {
    /** Stands in expected JSON and headers for any RFC 3339 or HTTP date. */
    public static final String TIME = "<time>";

    /** Stands in expected JSON and headers for anything. */
    public static final String ANY = "<any>";

    public Case {
        trashed = List.copyOf(trashed);
        calls = List.copyOf(calls);
    }

    /**
     * An item that the gateway knows to be trashed.
     *
     * @param path of the item
     * @param former what stood at the marker's place before, as JSON
     * @param with the path of the item that took it along; empty where it went by itself
     */
    public record Trashed(String path, Optional<String> former, Instant deleteTime, Optional<String> with) {}

    /**
     * A call to the upstream.
     *
     * @param headers those that are looked at
     * @param body its JSON; empty where it is not looked at
     */
    public record ExpectedCall(String method, String path, Headers headers, Optional<String> body, Reply answer) {}

    /**
     * What the client gets.
     *
     * @param headers those that are looked at
     * @param body its JSON, or empty text for none; empty where it is not looked at
     * @param problem the code of a problem answer
     */
    public record ExpectedReply(int status, Headers headers, Optional<String> body, Optional<String> problem) {}

    /** Plays the upstream: each call that is the next one expected gets its answer, any other a 501. */
    public Upstream upstream() {
        var next = calls.iterator();
        return new Upstream() {
            private Optional<ExpectedCall> expected = advance();

            @Override
            public Reply answer(Call call) {
                var met = expected.filter(
                        it -> it.method().equals(call.method()) && it.path().equals(call.path()));
                if (met.isPresent()) {
                    expected = advance();
                }
                return met.map(ExpectedCall::answer).orElse(new Reply(501, Headers.NONE, Body.NONE));
            }

            private Optional<ExpectedCall> advance() {
                return next.hasNext() ? Optional.of(next.next()) : Optional.empty();
            }
        };
    }
}
