package dev.cenotaph.gateway.upstream;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Problem;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** What a client is told of an upstream that failed us. */
public final class UpstreamProblems {
    // What the caller is the cause of, and can act on: the upstream's own words are the best answer.
    private static final Set<Integer> CALLERS_OWN = Set.of(401, 403, 404, 407, 409, 410, 412, 423, 428, 429, 451);

    private UpstreamProblems() {}

    /** Whether the caller gets this answer as it is. */
    public static boolean isCallersOwn(UpstreamAnswer answer) {
        return CALLERS_OWN.contains(answer.status());
    }

    /** The upstream's answer, as it is. */
    public static Answer asItIs(UpstreamAnswer answer) {
        return Answer.of(
                answer.status(),
                headers -> answer.headers().forEach((name, values) -> {
                    if (!isConnectionBound(name)) {
                        headers.addAll(name, values);
                    }
                }),
                answer.body());
    }

    /** The upstream's own answer where the caller can act on it, or a 502 (503 where it is only busy) that names it. */
    public static Answer refused(UpstreamAnswer answer, String code, String what) {
        if (isCallersOwn(answer)) {
            return asItIs(answer);
        }
        int status = answer.status() == 503 || answer.status() == 504 ? answer.status() : 502;
        Problem problem = Problem.of(status, code, what + " The upstream answered " + answer.status() + ".")
                .with("upstream_status", answer.status());
        return Answer.problem(problem, headers -> {
            String retryAfter = answer.headers().getFirst(HttpHeaders.RETRY_AFTER);
            if (retryAfter != null) {
                headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
            }
        });
    }

    /** 502 or 504 for a call without an answer. */
    public static Answer failed(UpstreamException failure) {
        return Answer.problem(
                switch (failure.kind()) {
                    case UNREACHABLE ->
                        Problem.of(502, "upstream-unreachable", "The upstream cannot be reached. Nothing was changed.");
                    case TIMEOUT -> Problem.of(504, "upstream-timeout", "The upstream did not answer in time.");
                    case BROKEN ->
                        Problem.of(502, "upstream-broken", "The upstream broke the connection before it had answered.");
                    case TOO_LARGE ->
                        Problem.of(502, "upstream-answer-too-large", "The upstream's answer is longer than allowed.");
                });
    }

    private static boolean isConnectionBound(String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "connection", "keep-alive", "transfer-encoding", "content-length", "te", "trailer", "upgrade" -> true;
            default -> false;
        };
    }
}
