package dev.cenotaph.gateway.tombstone;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * What requests with an {@code Idempotency-Key} were answered the first time, durable for a day. Everything fails with
 * {@link StoreUnavailableException} where the store is down.
 */
public interface FirstAnswers {

    /**
     * Begins an attempt.
     *
     * @param scope names the key and who used it
     * @param fingerprint names the request
     */
    Mono<Attempt> begin(String scope, String fingerprint);

    /** Keeps the answer to an attempt that was begun. */
    Mono<Void> keep(String scope, FirstAnswer answer);

    /** Ends an attempt whose answer decides nothing; the next one may begin at once. */
    Mono<Void> leave(String scope);

    /** An answer as it went out. */
    record FirstAnswer(int status, Map<String, List<String>> headers, byte[] body) {}

    /** What an attempt is. */
    sealed interface Attempt {

        /**
         * The request has not been answered yet.
         *
         * @param since when it was first tried
         * @param again whether an earlier attempt ended undecided, and may have had its effect
         */
        record Unanswered(Instant since, boolean again) implements Attempt {}

        /** The request was answered. */
        record Answered(FirstAnswer answer) implements Attempt {}

        /** Another attempt is under way. */
        record UnderWay() implements Attempt {}

        /** The key was used for another request. */
        record UsedOtherwise() implements Attempt {}
    }
}
