package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** A change that took effect at the upstream, while the store failed before it could record it. */
public final class Unrecorded {
    private static final Logger LOG = LoggerFactory.getLogger(Unrecorded.class);

    private Unrecorded() {}

    /**
     * The recording; where the store is down, a 503 that does not claim that nothing happened.
     *
     * @param happened at the upstream, as the beginning of a sentence
     */
    public static <T> Mono<T> unless(Mono<T> recording, String happened) {
        return recording.onErrorMap(StoreUnavailableException.class, store -> {
            LOG.error("a change at the upstream could not be recorded", store);
            return new Failure(Answer.problem(
                    Problem.of(
                            503,
                            "store-unavailable",
                            happened + ", but the tombstone store failed before it could record that. Repeat the"
                                    + " request: what is left open is settled by reading the item."),
                    headers -> headers.set(HttpHeaders.RETRY_AFTER, "30")));
        });
    }
}
