package dev.cenotaph.gateway.many;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import reactor.core.publisher.Mono;

/** Changes one of the items that a request names. */
public interface OneItem {

    /**
     * Does to the item what the request asks for, with the rights of its caller. Never fails: what goes wrong is the answer.
     *
     * @param many the request that names the item
     * @param key may be none that an item can have
     */
    Mono<Answer> change(GovernedExchange many, Operation.ChangeMany operation, ItemKey key, Try one);
}
