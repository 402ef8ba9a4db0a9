package dev.cenotaph.gateway.revision;

import static dev.cenotaph.gateway.tombstone.FormerBody.Kind.REVISION;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.Bodies;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Revisions;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.Redaction;
import dev.cenotaph.policy.match.ItemKey;
import java.net.URI;
import java.util.Arrays;
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

    KeptRevisions(Bodies bodies, MarkerProtocols protocols, UpstreamClient upstreams) {
        this.bodies = bodies;
        this.protocols = protocols;
        this.upstreams = upstreams;
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
        byte[] content = content(item.policy(), answer);
        return bodies.latest(item.key(), REVISION)
                .map(newest -> alike(newest, content) ? number(newest) : number(newest) + 1)
                .defaultIfEmpty(1L);
    }

    /** Keeps a body that is about to be replaced. One that is kept already is kept anew, by who replaces it now. */
    Mono<FormerBody> keep(UpstreamItem item, UpstreamAnswer answer, Optional<String> actor) {
        byte[] content = content(item.policy(), answer);
        long most = revisions(item.policy()).maxSize();
        if (content.length > most) {
            return Mono.error(new Failure(Problem.of(
                    409,
                    "item-too-large",
                    "The item is longer than the " + most
                            + " bytes that a revision may have, so that it cannot be kept."
                            + " Nothing was changed.")));
        }
        var origin = new Origin(
                item.key(),
                REVISION,
                Optional.empty(),
                actor,
                Optional.ofNullable(answer.headers().getFirst(HttpHeaders.CONTENT_TYPE)),
                answer.strongEntityTag());
        return bodies.latest(item.key(), REVISION)
                .filter(newest -> alike(newest, content))
                .flatMap(newest -> bodies.drop(item.key(), REVISION, number(newest)))
                .then(Mono.defer(() -> bodies.keep(origin, content)));
    }

    /** The write that a body was kept for went through. */
    Mono<Void> confirm(UpstreamItem item) {
        return bodies.dropAllBut(item.key(), REVISION, revisions(item.policy()).keep());
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

    /** What is kept, or would be, of a body. */
    static byte[] content(ResourcePolicy policy, UpstreamAnswer answer) {
        try {
            return new Redaction(revisions(policy).redact()).of(answer.body());
        } catch (MalformedJsonException notJson) {
            throw new Failure(Problem.of(
                    502,
                    "item-unreadable",
                    "The item is no JSON, so that nothing can be redacted of it, and it cannot be kept."));
        }
    }

    static Revisions revisions(ResourcePolicy policy) {
        return policy.revisions().orElseThrow();
    }

    private static boolean alike(FormerBody newest, byte[] content) {
        return Arrays.equals(newest.content(), content);
    }

    private static long number(FormerBody body) {
        return body.facts().number();
    }
}
