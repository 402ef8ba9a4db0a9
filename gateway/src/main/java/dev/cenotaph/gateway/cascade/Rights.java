package dev.cenotaph.gateway.cascade;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.time.Duration;
import java.util.Optional;

/**
 * With whose rights a cascade works: those of who asked last, while they are remembered, or else the gateway's own. Never
 * nobody's: an upstream may show just anybody fewer items than there are.
 */
final class Rights {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST_CALLERS = 10_000;

    private final UpstreamClient upstreams;
    private final Cache<ItemKey, CallerUpstream> callers = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterWrite(KEPT)
            .build();

    Rights(UpstreamClient upstreams) {
        this.upstreams = upstreams;
    }

    void remember(ItemKey top, CallerUpstream caller) {
        callers.put(top, caller);
    }

    void forget(ItemKey top) {
        callers.invalidate(top);
    }

    Optional<CallerUpstream> of(ItemKey top, ResourcePolicy policy) {
        return Optional.ofNullable(callers.getIfPresent(top)).or(() -> upstreams.own(policy.upstream()));
    }

    static String missing(ResourcePolicy policy) {
        return "it is to be asked for again: cenotaph.credentials has no entry for " + policy.upstream();
    }
}
