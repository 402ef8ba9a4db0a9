package dev.cenotaph.gateway.tombstone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Visits every state that can be reached, nearest first, and keeps the shortest way to each kind of breach. */
final class StateSearch<S, B extends Enum<B>> {
    private static final int MOST_STATES = 3_000_000;

    /** A step that can be taken. */
    record Move<S>(String name, S next) {}

    /**
     * What was found.
     *
     * @param breaches of what holds not in every state: the steps that lead there
     */
    record Result<B>(int states, long moves, Map<B, List<String>> breaches) {}

    private record Way<S>(Optional<S> from, String step) {}

    private final Function<S, Collection<Move<S>>> moves;
    private final Function<S, Set<B>> breaches;
    private final Class<B> kinds;

    StateSearch(Class<B> kinds, Function<S, Collection<Move<S>>> moves, Function<S, Set<B>> breaches) {
        this.kinds = kinds;
        this.moves = moves;
        this.breaches = breaches;
    }

    Result<B> from(S start) {
        Map<S, Way<S>> ways = new HashMap<>();
        Map<B, List<String>> found = new EnumMap<>(kinds);
        ArrayDeque<S> next = new ArrayDeque<>(List.of(start));
        ways.put(start, new Way<>(Optional.empty(), "start"));
        long taken = 0;
        while (!next.isEmpty()) {
            S state = next.remove();
            breaches.apply(state).forEach(breach -> found.computeIfAbsent(breach, kind -> stepsTo(state, ways)));
            for (Move<S> move : moves.apply(state)) {
                taken++;
                if (ways.putIfAbsent(move.next(), new Way<>(Optional.of(state), move.name())) == null) {
                    next.add(move.next());
                }
            }
            if (ways.size() > MOST_STATES) {
                throw new IllegalStateException("Too many states to visit them all");
            }
        }
        return new Result<>(ways.size(), taken, found);
    }

    private List<String> stepsTo(S state, Map<S, Way<S>> ways) {
        List<String> steps = new ArrayList<>();
        Way<S> way = ways.get(state);
        while (way != null) {
            steps.add(way.step());
            way = way.from().map(ways::get).orElse(null);
        }
        Collections.reverse(steps);
        return steps;
    }
}
