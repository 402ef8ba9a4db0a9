package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.StaleClaimException;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Ends what a crash left of a deletion whose snapshot is kept, once a client's write shows that an item stands there: by a
 * read of it with the writer's credentials, so that what he wrote is not taken for deleted later. Until that read succeeds
 * the snapshot stays.
 */
final class OpenIntents {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIntents.class);

    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;

    OpenIntents(Tombstones tombstones, MarkerProtocols protocols, UpstreamClient upstreams) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
    }

    /** Before the answer to a write goes out: whoever has it finds the item live for good. */
    Mono<Void> written(GovernedExchange exchange, ItemKey key, ServerHttpResponse response) {
        MarkerProtocol protocol = protocols.of(exchange.policy());
        HttpStatusCode status = response.getStatusCode();
        if (!protocol.keepsItem() || status == null || !status.is2xxSuccessful()) {
            return Mono.empty();
        }
        return tombstones
                .abandoned(key)
                .filter(claim -> claim.state() == Tombstone.State.PENDING)
                .flatMap(intent -> end(exchange, protocol, intent))
                .onErrorResume(OpenIntents::isForLater, failure -> {
                    LOG.warn("the deletion of {} stays open: {}", key, failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> end(GovernedExchange exchange, MarkerProtocol protocol, Tombstone intent) {
        var item = new UpstreamItem(
                exchange.policy(),
                intent.key(),
                exchange.target(),
                upstreams.as(exchange.exchange()),
                Optional.empty());
        return protocol.read(item)
                .filter(reading -> reading instanceof ItemReading.Found found && !found.isTrashed())
                .flatMap(live -> tombstones.release(intent, "a client wrote what stands there", exchange.trace()));
    }

    private static boolean isForLater(Throwable failure) {
        return failure instanceof UpstreamException
                || failure instanceof StoreUnavailableException
                || failure instanceof StaleClaimException;
    }
}
