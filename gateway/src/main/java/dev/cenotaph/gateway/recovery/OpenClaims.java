package dev.cenotaph.gateway.recovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Claims under work. One that its request could not settle is left to {@link Recovery}, with the rights of its caller. */
public final class OpenClaims {
    /** In memory alone, and no longer than an answer to such a request could matter. */
    private static final Duration RIGHTS_KEPT = Duration.ofMinutes(10);

    private static final int MOST_CALLERS = 10_000;

    private final Tombstones tombstones;
    private final Cache<ItemKey, CallerUpstream> callers = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterWrite(RIGHTS_KEPT)
            .build();

    public OpenClaims(Tombstones tombstones) {
        this.tombstones = tombstones;
    }

    /** Does the work that a claim was granted for. */
    public <T> Mono<T> during(Tombstone claim, CallerUpstream caller, Supplier<Mono<T>> work) {
        return Mono.defer(work).doFinally(end -> {
            if (tombstones.leave(claim)) {
                callers.put(claim.key(), caller);
            }
        });
    }

    /** Who left the item's claim open, while that is remembered. */
    Optional<CallerUpstream> caller(ItemKey key) {
        return Optional.ofNullable(callers.getIfPresent(key));
    }

    void settled(ItemKey key) {
        callers.invalidate(key);
    }
}
