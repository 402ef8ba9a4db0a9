package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.BodyPeek;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates: the id of a trashed item is reserved, and an id that the upstream hands out anew is live. */
public final class CreateGate {
    private final Tombstones tombstones;
    private final int bodyLimit;
    private final BodyPeek.Limits peekLimits;

    public CreateGate(Tombstones tombstones, int bodyLimit, BodyPeek.Limits peekLimits) {
        this.tombstones = tombstones;
        this.bodyLimit = bodyLimit;
        this.peekLimits = peekLimits;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.Create operation) {
        if (!tombstones.anyTrashed(exchange.policy().name())) {
            return exchange.forward();
        }
        if (!JsonBodies.isJson(exchange.exchange().getRequest().getHeaders())) {
            return create(exchange, operation.parents());
        }
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit).flatMap(body -> {
            Optional<ItemKey> trashed = key(exchange, operation.parents(), body).filter(tombstones::isTrashed);
            return trashed.isPresent()
                    ? Answers.write(
                            exchange.exchange(),
                            tombstones.isCurrent() ? reserved(exchange, trashed.get()) : Conflicts.unsure())
                    : create(exchange.withExchange(RequestBody.replay(exchange.exchange(), body)), operation.parents());
        });
    }

    private Mono<Void> create(GovernedExchange exchange, List<String> parents) {
        long observed = tombstones.observe();
        return exchange.forward(
                headers -> {},
                (response, body) -> response.writeWith(looked(exchange, parents, observed, response, body)));
    }

    /** The upstream knows best which ids are free: one that it hands out is not the trashed item's any more. */
    private Flux<? extends DataBuffer> looked(
            GovernedExchange exchange,
            List<String> parents,
            long observed,
            ServerHttpResponse response,
            Flux<? extends DataBuffer> body) {
        int status = response.getStatusCode() == null
                ? 200
                : response.getStatusCode().value();
        if (status == 200) {
            return shown(exchange, parents, observed, response, body);
        }
        if (status != 201) {
            return body;
        }
        Mono<Void> named = handedOut(exchange, observed, location(exchange, parents, response));
        if (!JsonBodies.isJson(response.getHeaders())) {
            return named.thenMany(body);
        }
        return named.thenMany(BodyPeek.at(
                body,
                peekLimits,
                bytes -> handedOut(
                        exchange,
                        observed,
                        ContentCoding.decoded(response.getHeaders(), bytes, peekLimits.bytes())
                                .flatMap(document -> key(exchange, parents, document)))));
    }

    /** Some upstreams create with a 200. It may be another thing than a create, so that the item has to say that it is live. */
    private Flux<? extends DataBuffer> shown(
            GovernedExchange exchange,
            List<String> parents,
            long observed,
            ServerHttpResponse response,
            Flux<? extends DataBuffer> body) {
        Optional<MarkerCodec> codec = MarkerCodecs.inside(exchange.policy());
        if (codec.isEmpty() || !JsonBodies.isJson(response.getHeaders())) {
            return body;
        }
        return BodyPeek.at(
                body,
                peekLimits,
                bytes -> handedOut(
                        exchange,
                        observed,
                        ContentCoding.decoded(response.getHeaders(), bytes, peekLimits.bytes())
                                .filter(document -> codec.get().read(document) instanceof MarkerReading.Live)
                                .flatMap(document -> key(exchange, parents, document))));
    }

    /** Before the answer goes out: whoever has it may read the new item. */
    private Mono<Void> handedOut(GovernedExchange exchange, long observed, Optional<ItemKey> key) {
        return Mono.justOrEmpty(key)
                .flatMap(live -> tombstones.learnLive(observed, live, exchange.trace()))
                .onErrorComplete(StoreUnavailableException.class);
    }

    private static Optional<ItemKey> location(
            GovernedExchange exchange, List<String> parents, ServerHttpResponse response) {
        return Optional.ofNullable(response.getHeaders().getFirst(HttpHeaders.LOCATION))
                .flatMap(link -> IdReader.of(exchange.policy()).readLink(link))
                .map(id -> new ItemKey(exchange.policy().name(), parents, id));
    }

    private static Optional<ItemKey> key(GovernedExchange exchange, List<String> parents, byte[] document) {
        return IdReader.of(exchange.policy())
                .readDocument(exchange.policy().wrap(), document)
                .map(id -> new ItemKey(exchange.policy().name(), parents, id));
    }

    private static Answer reserved(GovernedExchange exchange, ItemKey key) {
        String restore = TrashFacts.restorePath(exchange.policy(), exchange.clientPathOf(exchange.policy(), key));
        return Answer.problem(Problem.of(
                        409,
                        "id-reserved",
                        "The id " + key.id() + " belongs to an item in the trash. Restore that item, or delete it for"
                                + " good, before the id is used again.")
                .with("id", key.id())
                .with("restore", restore));
    }
}
