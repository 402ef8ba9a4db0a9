package dev.cenotaph.gateway.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Gone answers to plain GETs, at hand for the next one. Each is given again only while all that it was made of still
 * stands: the policies, the tombstone, and that nothing above the item is trashed.
 *
 * @param <R> an answer in the form in which it is given
 */
public final class GoneAtHand<R> {
    /** What an entry costs beyond its text, in bytes; roughly. */
    private static final int OVERHEAD = 1_000;

    private final Tombstones tombstones;
    private final BiFunction<String, Answer, R> readyToGive;
    private final Cache<String, Given<R>> answers;

    /**
     * @param bytes how much memory the answers may take, roughly
     * @param readyToGive from the raw path and the answer
     */
    public GoneAtHand(Tombstones tombstones, long bytes, BiFunction<String, Answer, R> readyToGive) {
        this.tombstones = tombstones;
        this.readyToGive = readyToGive;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String path, Given<R> given) -> OVERHEAD + path.length() + given.bodyLength)
                .build();
    }

    private record Given<R>(
            R answer, int bodyLength, String policyVersion, long observed, ItemKey key, List<ItemKey> above) {}

    /**
     * The answer to a GET of this path without a query, if it is at hand and still true.
     *
     * @param path raw, as the client sent it
     * @param policyVersion of the policies in force
     */
    public Optional<R> find(String path, String policyVersion) {
        Given<R> given = answers.getIfPresent(path);
        if (given == null || !given.policyVersion.equals(policyVersion) || !isStillTrue(given)) {
            return Optional.empty();
        }
        return Optional.of(given.answer);
    }

    /**
     * Keeps an answer, unless it is for some callers alone.
     *
     * @param observed a moment before the tombstone was looked up that the answer tells of
     * @param key of what is trashed: the addressed item, or one above it
     */
    void keep(GovernedExchange exchange, ItemKey key, long observed, Answer answer) {
        if (isPlainGet(exchange) && exchange.match().revealsToAnybody()) {
            List<ItemKey> above = exchange.match().above().stream()
                    .map(Above::key)
                    .takeWhile(item -> !item.equals(key))
                    .toList();
            String path = exchange.clientPath();
            answers.put(
                    path,
                    new Given<>(
                            readyToGive.apply(path, answer),
                            answer.body().length,
                            exchange.trace().policyVersion(),
                            observed,
                            key,
                            above));
        }
    }

    private boolean isStillTrue(Given<R> given) {
        if (!tombstones.isCurrent()
                || !tombstones.isTrashed(given.key)
                || tombstones.changedSince(given.observed, given.key)) {
            return false;
        }
        for (ItemKey above : given.above) {
            if (tombstones.isTrashed(above)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing but its path made the request what it is. */
    private static boolean isPlainGet(GovernedExchange exchange) {
        return exchange.method().equals("GET")
                && exchange.exchange().getRequest().getMethod().name().equals("GET")
                && exchange.exchange().getRequest().getURI().getRawQuery() == null
                && exchange.clientPath().equals(exchange.target().getRawPath());
    }
}
