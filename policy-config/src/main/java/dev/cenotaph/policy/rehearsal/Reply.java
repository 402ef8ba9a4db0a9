package dev.cenotaph.policy.rehearsal;

import java.util.Optional;

/**
 * An answer: an upstream's, or the gateway's.
 *
 * @param body its text, empty for none
 */
public record Reply(int status, Headers headers, String body) {

    static Reply empty(int status, Headers headers) {
        return new Reply(status, headers, Body.NONE);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isMissing() {
        return status == 404 || status == 410;
    }

    /** Whether somebody on the way had no answer from the upstream itself. */
    boolean isAnothersDoubt() {
        return status == 502 || status == 504;
    }

    Optional<String> strongEntityTag() {
        return headers.first("ETag").filter(tag -> !tag.startsWith("W/"));
    }

    Reply with(Headers more) {
        return new Reply(status, headers.with(more), body);
    }
}
