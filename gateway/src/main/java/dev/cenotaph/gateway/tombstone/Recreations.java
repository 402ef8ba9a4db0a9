package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * What restores from snapshots sent to the upstream. An entry whose effect is unknown goes with the item's tombstone; one
 * that gave the item another id stays. Works off the event loop; fails with {@link StoreUnavailableException} where the
 * store is down.
 */
public interface Recreations {

    /**
     * One that was sent, or was about to be.
     *
     * @param deletionId of the deletion that it undoes
     * @param newId the id that the item got; empty while nobody knows that it took effect
     */
    record Recreation(ItemKey key, String deletionId, Instant sentTime, Optional<String> newId) {}

    /** Durable before it is sent. */
    Mono<Void> sending(ItemKey key, String deletionId);

    /** It took effect, and gave the item another id. */
    Mono<Void> created(ItemKey key, String newId);

    /** It is known to have had no effect. */
    Mono<Void> refused(ItemKey key);

    /** The id that an item got which is not in the trash; from memory where that can tell. Empty where it has its own. */
    Mono<String> newId(ItemKey key);

    /** The last one of an item; empty where there is none. */
    Mono<Recreation> find(ItemKey key);
}
