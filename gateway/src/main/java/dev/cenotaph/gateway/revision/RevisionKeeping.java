package dev.cenotaph.gateway.revision;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionTurns;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Keeps the body that an item has before a write replaces it: read, durable, and only then the write. What was kept for a
 * write that the upstream refused is dropped; where nobody knows what became of it, it stays, and is no revision of its own
 * should the item still have that body.
 */
public final class RevisionKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionKeeping.class);

    private final Tombstones tombstones;
    private final KeptRevisions revisions;
    private final RevisionTurns turns;

    public RevisionKeeping(
            Tombstones tombstones, MarkerProtocols protocols, UpstreamClient upstreams, RevisionTurns turns) {
        this.tombstones = tombstones;
        this.revisions = new KeptRevisions(tombstones.bodies(), protocols, upstreams);
        this.turns = turns;
    }

    /** What comes before a write of an item, or before its soft delete. */
    public Mono<Void> before(GovernedExchange exchange, ItemKey key, Supplier<Mono<Void>> write) {
        return exchange.policy().revisions().isEmpty() || tombstones.isTrashed(key)
                ? write.get()
                : turns.alone(key, over -> keep(exchange, key, over, write));
    }

    /** The same for one of many items. */
    public Mono<Answer> around(GovernedExchange exchange, ItemKey key, Mono<Answer> write) {
        if (exchange.policy().revisions().isEmpty() || tombstones.isTrashed(key)) {
            return write;
        }
        UpstreamItem item = revisions.item(exchange, key, exchange.target().getRawPath());
        return turns.alone(
                key,
                over -> revisions.read(item).flatMap(reading -> switch (reading) {
                    case ItemReading.Found found -> found.isTrashed() ? write : kept(exchange, item, found, write);
                    case ItemReading.Missing missing -> write;
                    case ItemReading.Unreadable unreadable -> Mono.just(unreadable(unreadable));
                }));
    }

    private Mono<Answer> kept(
            GovernedExchange exchange, UpstreamItem item, ItemReading.Found found, Mono<Answer> write) {
        return revisions
                .keep(item, found.answer(), exchange.trace().actor())
                .flatMap(kept -> write.flatMap(answer -> settle(HttpStatusCode.valueOf(answer.status()), item, kept)
                        .thenReturn(answer)));
    }

    private Mono<Void> keep(GovernedExchange exchange, ItemKey key, Runnable over, Supplier<Mono<Void>> write) {
        UpstreamItem item = revisions.item(exchange, key, exchange.target().getRawPath());
        return revisions.read(item).flatMap(reading -> switch (reading) {
            case ItemReading.Found found -> found.isTrashed() ? write.get() : keep(exchange, item, found, over, write);
            // Whatever comes to be here now is another item than the one whose revisions may be left.
            case ItemReading.Missing missing -> revisions.dropAll(key).then(Mono.defer(write));
            case ItemReading.Unreadable unreadable -> Answers.write(exchange.exchange(), unreadable(unreadable));
        });
    }

    private static Answer unreadable(ItemReading.Unreadable unreadable) {
        return UpstreamProblems.refused(
                unreadable.answer(),
                "item-unreadable",
                "The item cannot be read, so that its revision cannot be kept. Nothing was changed.");
    }

    private Mono<Void> keep(
            GovernedExchange exchange,
            UpstreamItem item,
            ItemReading.Found found,
            Runnable over,
            Supplier<Mono<Void>> write) {
        return revisions.keep(item, found.answer(), exchange.trace().actor()).flatMap(kept -> {
            ServerHttpResponse response = exchange.exchange().getResponse();
            // The client may write again as soon as it has its answer, so all is settled before that goes out.
            response.beforeCommit(() ->
                    settle(status(response), item, kept).doOnTerminate(over).doOnCancel(over));
            return write.get();
        });
    }

    private static HttpStatusCode status(ServerHttpResponse response) {
        return Optional.ofNullable(response.getStatusCode()).orElse(HttpStatusCode.valueOf(200));
    }

    private Mono<Void> settle(HttpStatusCode status, UpstreamItem item, FormerBody kept) {
        if (status.is5xxServerError()) {
            return Mono.empty();
        }
        return unlessDown(status.is4xxClientError() ? revisions.takeBack(kept) : revisions.confirm(item));
    }

    /** The write is done; what is left of its revisions is put right by the next one. */
    private static Mono<Void> unlessDown(Mono<Void> change) {
        return change.onErrorResume(failure -> {
            LOG.warn("revisions could not be brought up to date: {}", failure.toString());
            return Mono.empty();
        });
    }
}
