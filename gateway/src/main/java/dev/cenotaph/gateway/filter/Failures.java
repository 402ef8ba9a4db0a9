package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.marker.UntouchedException;
import dev.cenotaph.gateway.tombstone.StaleClaimException;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Turns what went wrong into an answer; once, outermost. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Mono<Void> answered(ServerWebExchange exchange, Mono<Void> handled) {
        return handled.onErrorResume(failure -> {
            Optional<Answer> answer = answer(failure);
            if (answer.isEmpty() || exchange.getResponse().isCommitted()) {
                return Mono.error(failure);
            }
            return Answers.replace(exchange, exchange.getResponse(), answer.get());
        });
    }

    static Optional<Answer> answer(Throwable failure) {
        return switch (failure) {
            case Failure known -> Optional.of(known.answer());
            case StoreUnavailableException store -> {
                LOG.error("the tombstone store is unavailable", store);
                yield Optional.of(Answer.problem(
                        Problem.of(
                                503,
                                "store-unavailable",
                                "The tombstone store cannot be used right now. Nothing was changed."),
                        headers -> headers.set(HttpHeaders.RETRY_AFTER, "5")));
            }
            // Our claim ran out, and another change took the item over; what it does is decided there.
            case StaleClaimException stale -> Optional.of(Conflicts.busy());
            case UpstreamException upstream -> Optional.of(UpstreamProblems.failed(upstream));
            case UntouchedException untouched -> {
                LOG.error("nothing was changed", untouched);
                yield Optional.of(untouched.answer());
            }
            default -> UpstreamException.of(failure).map(UpstreamProblems::failed);
        };
    }
}
