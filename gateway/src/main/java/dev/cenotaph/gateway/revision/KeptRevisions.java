package dev.cenotaph.gateway.revision;

import static dev.cenotaph.gateway.tombstone.FormerBody.Kind.REVISION;

import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionKeeper;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.Bodies;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.match.ItemKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * The revisions of items: older bodies in the store, and the one at the upstream, which is the current one. It has the
 * number after the newest that is kept, or that one's own where both are alike: so a body that was kept for a write that
 * came to nothing is no revision of its own.
 */
final class KeptRevisions {
    private final Bodies bodies;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final RevisionKeeper keeper;

    KeptRevisions(Bodies bodies, MarkerProtocols protocols, UpstreamClient upstreams) {
        this.bodies = bodies;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.keeper = new RevisionKeeper(bodies);
    }

    /** The item as its policy says where it lies, without a query: a sparse answer would be a sparse revision. */
    UpstreamItem item(GovernedExchange exchange, ItemKey key, String rawPath) {
        URI target = exchange.target();
        URI url = URI.create(target.getScheme() + "://" + target.getRawAuthority() + rawPath);
        return new UpstreamItem(
                exchange.policy(), key, url, upstreams.as(exchange.exchange()), exchange.header(HttpHeaders.IF_MATCH));
    }

    Mono<ItemReading> read(UpstreamItem item) {
        return protocols.of(item.policy()).read(item);
    }

    /** The number of the current revision. */
    Mono<Long> current(UpstreamItem item, UpstreamAnswer answer) {
        byte[] content = RevisionKeeper.content(item.policy(), answer);
        return bodies.latest(item.key(), REVISION)
                .map(newest -> RevisionKeeper.isOf(newest, content) ? number(newest) : number(newest) + 1)
                .defaultIfEmpty(1L);
    }

    /** Keeps a body that is about to be replaced. One that is kept already is kept anew, by who replaces it now. */
    Mono<FormerBody> keep(UpstreamItem item, UpstreamAnswer answer, Optional<String> actor) {
        return keeper.keep(item, answer, actor);
    }

    /** The write that a body was kept for went through. */
    Mono<Void> confirm(UpstreamItem item) {
        return keeper.confirm(item);
    }

    /** The write that a body was kept for was refused. */
    Mono<Void> takeBack(FormerBody kept) {
        return bodies.drop(kept.facts().origin().key(), REVISION, number(kept));
    }

    Mono<FormerBody> find(ItemKey key, long number) {
        return bodies.find(key, REVISION, number);
    }

    Mono<List<Facts>> list(ItemKey key, OptionalLong before, int limit) {
        return bodies.list(key, REVISION, before, limit);
    }

    /** The item is no more, or it is another now. */
    Mono<Void> dropAll(ItemKey key) {
        return bodies.dropAll(key, REVISION);
    }

    private static long number(FormerBody body) {
        return body.facts().number();
    }
}
