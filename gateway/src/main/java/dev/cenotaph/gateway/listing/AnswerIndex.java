package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.Lessons;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The index, as one list answer sees it and corrects it. */
final class AnswerIndex implements IndexView {
    private final GovernedExchange exchange;
    private final List<String> parents;
    private final Tombstones tombstones;
    private final Lessons lessons;
    private final Clock clock;
    private final long observed;
    private boolean surprised;

    AnswerIndex(GovernedExchange exchange, List<String> parents, Tombstones tombstones, Lessons lessons, Clock clock) {
        this.exchange = exchange;
        this.parents = parents;
        this.tombstones = tombstones;
        this.lessons = lessons;
        this.clock = clock;
        this.observed = tombstones.observe();
    }

    @Override
    public boolean isTrashed(String id) {
        return tombstones.isTrashed(key(id));
    }

    @Override
    public void sawTrashed(String id, Optional<Instant> since) {
        ItemKey key = key(id);
        if (tombstones.isTrashed(key)) {
            return;
        }
        surprised = true;
        lessons.sawTrashed(observed, Deletion.seen(exchange.policy(), key, since, clock.instant(), exchange.trace()));
    }

    @Override
    public boolean expectsLive() {
        return !tombstones.anyTrashed(exchange.policy().name());
    }

    @Override
    public boolean sawLive(String id) {
        ItemKey key = key(id);
        if (!tombstones.isTrashed(key)) {
            return false;
        }
        surprised = true;
        lessons.sawLive(observed, key, exchange.trace());
        return tombstones.changedSince(observed, key);
    }

    /** Whether a row was not in the state that was known. */
    boolean surprised() {
        return surprised;
    }

    private ItemKey key(String id) {
        return new ItemKey(exchange.policy().name(), parents, id);
    }
}
