package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.operation.ItemUse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * An item that a handler answers with itself: what was read or written by calls of our own, and has not come along the
 * client's way to the upstream. Its answer loses the trashed items in it as one that passes does.
 */
final class ItemAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(ItemAnswer.class);

    private final ItemUse use;
    private final List<EmbeddedMatch> embedded;
    private final Tombstones tombstones;
    private final ListLimits limits;

    /** @param embedded the rules that the item's path meets */
    ItemAnswer(ItemUse use, List<EmbeddedMatch> embedded, Tombstones tombstones, ListLimits limits) {
        this.use = use;
        this.embedded = embedded;
        this.tombstones = tombstones;
        this.limits = limits;
    }

    Answer shown(Answer item) {
        boolean another = use == ItemUse.RECEIPT && !JsonBodies.isJson(item.headers());
        if (embedded.isEmpty() || item.status() < 200 || item.status() > 299 || item.body().length == 0 || another) {
            return item;
        }
        try {
            return hidden(item);
        } catch (UnfilterableListException e) {
            LOG.warn(
                    "an item that holds items of {} cannot be filtered: {}",
                    embedded.getFirst().policy().name(),
                    e.why());
            return keptBack(item, e.why());
        }
    }

    private Answer hidden(Answer item) {
        Optional<String> obstacle = embedded.stream()
                .map(match ->
                        FilteredAnswer.obstacle(item.headers(), match.policy().list()))
                .flatMap(Optional::stream)
                .findFirst();
        if (obstacle.isPresent()) {
            if (EmbeddedAnswer.mayPass(embedded)) {
                return item;
            }
            throw new UnfilterableListException(obstacle.get());
        }
        byte[] document = ContentCoding.decoded(item.headers(), item.body(), limits.heldBytes())
                .orElseThrow(() -> new UnfilterableListException("its content coding is broken, or it is too long"));
        return EmbeddedAnswer.hidden(document, embedded, tombstones)
                .map(body -> changed(item, body))
                .orElse(item);
    }

    private static Answer changed(Answer item, byte[] body) {
        var headers = HttpHeaders.copyOf(item.headers());
        ListHeaders.changed(headers, List.of(ByteBuffer.wrap(body)));
        return new Answer(item.status(), headers, body);
    }

    private Answer keptBack(Answer item, String why) {
        if (use == ItemUse.READ) {
            throw new Failure(Problem.of(
                    502,
                    "list-unfilterable",
                    "The upstream's answer cannot be rid of trashed items, so it is kept back: " + why + "."));
        }
        var headers = HttpHeaders.copyOf(item.headers());
        ListHeaders.changed(headers, List.of());
        headers.remove(HttpHeaders.ETAG);
        headers.remove(HttpHeaders.CONTENT_TYPE);
        return new Answer(item.status(), headers, new byte[0]);
    }
}
