package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * One write of an item at a time, within this process, where revisions are kept: of two at once, the body that the first one
 * wrote would be in no revision. Whoever comes second is answered 409.
 */
public final class RevisionTurns {
    private final Set<ItemKey> taken = ConcurrentHashMap.newKeySet();

    /** @param work given what to run once the next one may come */
    public <T> Mono<T> alone(ItemKey key, Function<Runnable, Mono<T>> work) {
        return Mono.defer(() -> {
            if (!taken.add(key)) {
                return Mono.error(new Failure(Conflicts.busy()));
            }
            var over = new AtomicBoolean();
            Runnable end = () -> {
                if (over.compareAndSet(false, true)) {
                    taken.remove(key);
                }
            };
            // Before the answer goes on: whoever has it may come again at once.
            return Mono.defer(() -> work.apply(end)).doOnTerminate(end).doOnCancel(end);
        });
    }
}
