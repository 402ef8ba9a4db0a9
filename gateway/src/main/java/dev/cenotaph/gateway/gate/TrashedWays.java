package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.policy.match.ItemKey;
import reactor.core.publisher.Mono;

/** What a create may have done first to a trashed item that it hits. */
public record TrashedWays(Way deleteForGood, Way restore) {

    /** One of the two. Durable and verified when it is over; goes on to its end although the client leaves. */
    @FunctionalInterface
    public interface Way {
        /** Empty once it is done, or else what the client is told. */
        Mono<Answer> go(GovernedExchange exchange, ItemKey key);
    }
}
