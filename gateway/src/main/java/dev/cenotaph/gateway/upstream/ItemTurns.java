package dev.cenotaph.gateway.upstream;

import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Keeps clients' own writes of an item and changes of its state apart, within this process. A PUT that passed while the
 * item was live and reached the upstream after the marker would restore it, though nobody asked for that; a marker that is
 * written with a whole item would undo a PUT that came between. Whoever comes second is answered 409.
 */
public final class ItemTurns {
    private static final int ALONE = 0;

    /**
     * Above zero: so many clients' writes. Below: so many changes of state, which the tombstone puts in order. Zero: what is
     * both.
     */
    private final ConcurrentMap<ItemKey, Integer> turns = new ConcurrentHashMap<>();

    /**
     * A client's own write.
     *
     * @param write given what to run once the upstream has answered: its turn is over then, however long the client takes to
     *     read the answer
     */
    public <T> Mono<T> writing(ItemKey key, Function<Runnable, Mono<T>> write) {
        return inTurn(key, 1, write);
    }

    /** A change of state. */
    public <T> Mono<T> changing(ItemKey key, Mono<T> change) {
        return inTurn(key, -1, early -> change);
    }

    /** A client's own write that is a change of state: beside it nothing goes on. */
    public <T> Mono<T> alone(ItemKey key, Mono<T> change) {
        return inTurn(key, ALONE, early -> change);
    }

    private <T> Mono<T> inTurn(ItemKey key, int step, Function<Runnable, Mono<T>> work) {
        return Mono.defer(() -> {
            if (!take(key, step)) {
                return Mono.error(new Failure(Conflicts.busy()));
            }
            var over = new AtomicBoolean();
            Runnable end = () -> {
                if (over.compareAndSet(false, true)) {
                    giveBack(key, step);
                }
            };
            // Before the answer goes on: whoever has it may come again at once.
            return Mono.defer(() -> work.apply(end)).doOnTerminate(end).doOnCancel(end);
        });
    }

    private boolean take(ItemKey key, int step) {
        Integer before = turns.get(key);
        while (before == null || (step != ALONE && Integer.signum(before) == step)) {
            if (before == null ? turns.putIfAbsent(key, step) == null : turns.replace(key, before, before + step)) {
                return true;
            }
            before = turns.get(key);
        }
        return false;
    }

    private void giveBack(ItemKey key, int step) {
        turns.computeIfPresent(key, (same, now) -> Objects.equals(now, step) ? null : now - step);
    }
}
