package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Gone answers, with what the tombstone tells. */
public final class GoneAnswers {
    private final Tombstones tombstones;
    private final Optional<GoneAtHand<?>> atHand;

    /**
     * @param atHand where answers are kept, if anybody asks for them there
     */
    public GoneAnswers(Tombstones tombstones, Optional<GoneAtHand<?>> atHand) {
        this.tombstones = tombstones;
        this.atHand = atHand;
    }

    /** The gone answer for a trashed item; without its times where the store is down. */
    public Mono<Answer> of(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return of(exchange, policy, key, Optional.empty());
    }

    /** The gone answer to a DELETE of what is trashed already. */
    public Mono<Answer> ofRepeat(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return of(exchange, policy, key, policy.answers().repeatCode());
    }

    private Mono<Answer> of(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, Optional<String> code) {
        return tombstones
                .find(key)
                .map(Optional::of)
                .onErrorResume(StoreUnavailableException.class, e -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty())
                .map(known -> TrashFacts.gone(exchange, policy, known, exchange.clientPathOf(policy, key), code));
    }

    /** Writes the gone answer for a trashed item. */
    public Mono<Void> write(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        long observed = tombstones.observe();
        return of(exchange, policy, key).flatMap(answer -> {
            atHand.ifPresent(kept -> kept.keep(exchange, key, observed, answer));
            return Answers.write(exchange.exchange(), answer);
        });
    }
}
