package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.paging.PageFilling;
import dev.cenotaph.policy.paging.RawQuery;
import dev.cenotaph.policy.paging.SeenPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Asks the upstream for the pages that fill one, with the caller's credentials and within bounds. Whatever goes wrong ends
 * it: the page goes out as full as it is by then, and its link leads on from there.
 */
final class FurtherPages {
    private static final Logger LOG = LoggerFactory.getLogger(FurtherPages.class);

    private final GovernedExchange exchange;
    private final UpstreamClient upstreams;
    private final PageRows rows;
    private final PageLimits limits;

    FurtherPages(GovernedExchange exchange, UpstreamClient upstreams, PageRows rows, PageLimits limits) {
        this.exchange = exchange;
        this.upstreams = upstreams;
        this.rows = rows;
        this.limits = limits;
    }

    /** What is left of the bounds. */
    private record Budget(int calls, int bytes, long deadline) {
        Duration time() {
            return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        }

        Budget without(int taken) {
            return new Budget(calls - 1, bytes - taken, deadline);
        }

        boolean isSpent() {
            return calls <= 0 || bytes <= 0 || deadline - System.nanoTime() <= 0;
        }
    }

    /** @param held in bytes, of the page that is filled */
    Mono<PageFilling> fill(PageFilling filling, int held) {
        long deadline = System.nanoTime() + limits.time().toNanos();
        return fill(filling, new Budget(limits.calls(), limits.bytes() - held, deadline));
    }

    private Mono<PageFilling> fill(PageFilling filling, Budget budget) {
        Optional<RawQuery> wanted = budget.isSpent() ? Optional.empty() : filling.wanted();
        if (wanted.isEmpty()) {
            return Mono.just(filling);
        }
        return ask(wanted.get(), budget)
                .flatMap(page -> {
                    filling.add(page);
                    return fill(filling, budget.without(page.body().length));
                })
                .switchIfEmpty(Mono.just(filling));
    }

    private Mono<SeenPage> ask(RawQuery query, Budget budget) {
        return Mono.defer(() -> {
                    AnswerIndex index = rows.index();
                    CallerUpstream upstream = upstreams.as(exchange.exchange());
                    return upstream.send(request(query))
                            .timeout(budget.time())
                            .flatMap(answer -> Mono.justOrEmpty(page(query, answer, index, budget)));
                })
                .onErrorResume(FurtherPages::endsHere, failure -> {
                    LOG.debug("A page of {} stays short", exchange.policy().name(), failure);
                    return Mono.empty();
                });
    }

    private static boolean endsHere(Throwable failure) {
        return failure instanceof UpstreamException
                || failure instanceof TimeoutException
                || failure instanceof UnfilterableListException
                || failure instanceof IllegalArgumentException;
    }

    private Optional<SeenPage> page(RawQuery query, UpstreamAnswer answer, AnswerIndex index, Budget budget) {
        if (answer.status() != 200
                || FilteredAnswer.obstacle(answer.headers(), exchange.policy().list())
                        .isPresent()) {
            return Optional.empty();
        }
        return ContentCoding.decoded(answer.headers(), answer.body(), budget.bytes())
                .filter(body -> body.length <= budget.bytes())
                .map(exchange.forwarding()::shown)
                .map(body -> new SeenPage(query, rows.further(body, index).rows(), body, answer.headers()::getOrEmpty));
    }

    private UpstreamRequest request(RawQuery query) {
        URI target = exchange.target();
        URI url = URI.create(
                target.getScheme() + "://" + target.getRawAuthority() + target.getRawPath() + query.suffix());
        List<String> accepted = exchange.headers(HttpHeaders.ACCEPT);
        String accept = accepted.isEmpty() ? "*/*" : String.join(", ", accepted);
        return new UpstreamRequest("GET", url, Map.of(HttpHeaders.ACCEPT, accept), Optional.empty());
    }
}
