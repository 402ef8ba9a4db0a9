package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GoneAnswers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.operation.TrashScope;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Keeps shut what lies below a trashed item: one and the same gone answer for every method. */
public final class AncestorGate {
    private final Tombstones tombstones;
    private final GoneAnswers goneAnswers;

    public AncestorGate(Tombstones tombstones, GoneAnswers goneAnswers) {
        this.tombstones = tombstones;
        this.goneAnswers = goneAnswers;
    }

    /** Goes on where nothing above is trashed. */
    public Mono<Void> open(GovernedExchange exchange, Supplier<Mono<Void>> next) {
        return open(exchange, TrashScope.EXCLUDE, next);
    }

    /** Goes on where nothing above is trashed, or the caller asked to see what is. */
    public Mono<Void> open(GovernedExchange exchange, TrashScope scope, Supplier<Mono<Void>> next) {
        if (!scope.showsTrashed()) {
            for (Above above : exchange.match().above()) {
                if (tombstones.isTrashed(above.key())) {
                    return tombstones.isCurrent()
                            ? goneAnswers.write(exchange, above.policy(), above.key())
                            : Answers.write(exchange.exchange(), Conflicts.unsure());
                }
            }
        }
        return next.get();
    }
}
