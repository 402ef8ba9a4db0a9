package dev.cenotaph.policy.rehearsal;

import java.util.Map;
import java.util.Set;

/** What a client is told of an upstream's answers to calls of the gateway's own. */
final class UpstreamAnswers {
    private static final Set<Integer> CALLERS_OWN = Set.of(401, 403, 404, 407, 409, 410, 412, 423, 428, 429, 451);

    private UpstreamAnswers() {}

    /** The upstream's own answer where the caller can act on it, or a 502 (503 and 504 stay) that names it. */
    static Reply refused(Reply answer, String code, String what) {
        if (CALLERS_OWN.contains(answer.status())) {
            return answer;
        }
        int status = answer.status() == 503 || answer.status() == 504 ? answer.status() : 502;
        var problem = Problems.of(
                status,
                code,
                what + " The upstream answered " + answer.status() + ".",
                Map.of("upstream_status", Integer.toString(answer.status())));
        return answer.headers()
                .first("Retry-After")
                .map(time -> problem.with(Headers.of("Retry-After", time)))
                .orElse(problem);
    }
}
