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
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.json.Redaction;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.unique.KeyValue;
import dev.cenotaph.policy.unique.KeyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates over what is trashed: its id, and its values of unique keys, are reserved, or taken from it, or bring it back. An id
 * that the upstream hands out anew is live.
 */
public final class CreateGate {
    private static final Logger LOG = LoggerFactory.getLogger(CreateGate.class);
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Tombstones tombstones;
    private final Disclosure disclosure;
    private final ItemGate items;
    private final TrashedWays ways;
    private final Duplicates duplicates;
    private final int bodyLimit;
    private final BodyPeek.Limits peekLimits;

    public CreateGate(
            Tombstones tombstones,
            Disclosure disclosure,
            ItemGate items,
            TrashedWays ways,
            int bodyLimit,
            BodyPeek.Limits peekLimits) {
        this.tombstones = tombstones;
        this.disclosure = disclosure;
        this.items = items;
        this.ways = ways;
        this.duplicates = new Duplicates(tombstones, disclosure, peekLimits);
        this.bodyLimit = bodyLimit;
        this.peekLimits = peekLimits;
    }

    /** A trashed item that a create hits, and the problem that reserves what it hits it by. */
    private record Hit(ItemKey key, Problem reserved) {}

    /** A create with its body. */
    private record Sent(GovernedExchange exchange, List<String> parents, byte[] body, List<KeyValue> values) {}

    /** POST on the collection. */
    public Mono<Void> handle(GovernedExchange exchange, Operation.Create operation) {
        boolean overNothing = !tombstones.anyTrashed(exchange.policy().name());
        if (overNothing && exchange.policy().revisions().isEmpty()) {
            return exchange.forward();
        }
        if (overNothing || !JsonBodies.isJson(exchange.exchange().getRequest().getHeaders())) {
            return create(new Sent(exchange, operation.parents(), new byte[0], List.of()));
        }
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit).flatMap(body -> {
            var sent = new Sent(
                    exchange.withExchange(RequestBody.replay(exchange.exchange(), body)),
                    operation.parents(),
                    body,
                    KeyValues.of(exchange.policy(), body));
            return hits(sent)
                    .flatMap(hits -> shown(sent, hits))
                    .flatMap(shown -> shown.isEmpty() ? create(sent) : createOver(sent, shown));
        });
    }

    /**
     * A PUT of a trashed item that says by its condition that it creates (RFC 9110, 13.1.2: {@code If-None-Match: *}). Any
     * other may be an update that comes too late, and goes on as ever.
     */
    public Mono<Void> before(GovernedExchange exchange, Operation.WriteItem write, Supplier<Mono<Void>> next) {
        boolean creates = exchange.method().equals("PUT")
                && exchange.policy().create() != Create.RESERVE
                && tombstones.isTrashed(write.key())
                && exchange.header(HttpHeaders.IF_NONE_MATCH)
                        .filter(condition -> condition.strip().equals("*"))
                        .isPresent();
        if (!creates) {
            return next.get();
        }
        if (!tombstones.isCurrent()) {
            return Answers.write(exchange.exchange(), Conflicts.unsure());
        }
        return switch (exchange.policy().create()) {
            case RESERVE -> next.get();
            case OVERWRITE -> first(ways.deleteForGood(), exchange, write.key(), next);
            case REVIVE -> {
                GovernedExchange revived = exchange.withExchange(
                        withHeaders(exchange.exchange(), headers -> headers.remove(HttpHeaders.IF_NONE_MATCH)));
                yield first(ways.restore(), exchange, write.key(), () -> items.write(live(revived), write));
            }
            case PASS -> create(new Sent(exchange, write.key().parents(), new byte[0], List.of()));
        };
    }

    private Mono<List<Hit>> hits(Sent sent) {
        ResourcePolicy policy = sent.exchange().policy();
        if (policy.create() == Create.PASS) {
            return Mono.just(List.of());
        }
        Optional<Hit> byId = key(sent.exchange(), sent.parents(), sent.body())
                .filter(tombstones::isTrashed)
                .map(key -> new Hit(key, reserved(sent.exchange(), key)));
        return tombstones.holders(policy.name(), sent.parents(), sent.values()).map(holders -> {
            var hits = new LinkedHashMap<ItemKey, Hit>();
            byId.ifPresent(hit -> hits.put(hit.key(), hit));
            holders.forEach(holder -> hits.putIfAbsent(holder.key(), new Hit(holder.key(), reserved(sent, holder))));
            return List.copyOf(hits.values());
        });
    }

    /** Whoever may not know of a trashed item meets the upstream, in which it still lies. */
    private Mono<List<Hit>> shown(Sent sent, List<Hit> hits) {
        return Flux.fromIterable(hits)
                .filterWhen(hit ->
                        disclosure.mayKnow(sent.exchange(), sent.exchange().policy(), hit.key()))
                .collectList();
    }

    private Mono<Void> createOver(Sent sent, List<Hit> hits) {
        GovernedExchange exchange = sent.exchange();
        if (!tombstones.isCurrent()) {
            return Answers.write(exchange.exchange(), Conflicts.unsure());
        }
        Hit hit = hits.getFirst();
        Create create = exchange.policy().create();
        // Two items cannot both become the one that the client sends, nor does one create delete both.
        if (hits.size() > 1 && (create == Create.OVERWRITE || create == Create.REVIVE)) {
            return Answers.write(exchange.exchange(), Answer.problem(severalReserved(exchange, hits)));
        }
        return switch (create) {
            case RESERVE -> Answers.write(exchange.exchange(), Answer.problem(hit.reserved()));
            case OVERWRITE -> first(ways.deleteForGood(), exchange, hit.key(), () -> create(sent));
            case REVIVE -> first(ways.restore(), exchange, hit.key(), () -> revive(sent, hit.key()));
            case PASS -> create(sent);
        };
    }

    private static Problem severalReserved(GovernedExchange exchange, List<Hit> hits) {
        List<Map<String, String>> items = hits.stream()
                .map(hit -> Map.of("id", hit.key().id(), "restore", restorePath(exchange, hit.key())))
                .toList();
        return Problem.of(
                        409,
                        "several-reserved",
                        "What was sent belongs to " + hits.size()
                                + " items in the trash, by its id or by values that may"
                                + " be there once, and can take the place of one alone. Restore the others, or delete"
                                + " them for good, before it is created. Nothing was changed.")
                .with("items", items);
    }

    /** What fails ends it. */
    private static Mono<Void> first(
            TrashedWays.Way way, GovernedExchange exchange, ItemKey key, Supplier<Mono<Void>> then) {
        return way.go(exchange, key)
                .map(refused -> Answers.write(exchange.exchange(), refused))
                .switchIfEmpty(Mono.fromSupplier(() -> Mono.defer(then)))
                .flatMap(written -> written);
    }

    /** What the client sent is written to the item that it hit, as the policy writes. */
    private Mono<Void> revive(Sent sent, ItemKey key) {
        Write write = sent.exchange().policy().write();
        boolean patches = write.method() == Write.Method.PATCH && write.format() != Write.Format.JSON_PATCH;
        String method = patches ? "PATCH" : write.method() == Write.Method.POST ? "POST" : "PUT";
        boolean merges = patches && write.format() == Write.Format.MERGE_PATCH;
        byte[] body = withoutOtherId(sent, key);
        ServerWebExchange other = withHeaders(sent.exchange().exchange(), headers -> {
            headers.remove(HttpHeaders.IF_MATCH);
            headers.remove(HttpHeaders.IF_NONE_MATCH);
            if (headers.getContentLength() >= 0) {
                headers.setContentLength(body.length);
            }
            if (merges) {
                headers.set(HttpHeaders.CONTENT_TYPE, MERGE_PATCH);
            }
        });
        return items.write(
                live(sent.exchange().forItem(key, RequestBody.replay(other, body), method)),
                new Operation.WriteItem(key, Operation.Revival.NONE));
    }

    /** The item keeps its id, whatever id the create names; a null there would take it away. */
    private static byte[] withoutOtherId(Sent sent, ItemKey key) {
        ResourcePolicy policy = sent.exchange().policy();
        IdReader ids = IdReader.of(policy);
        boolean itsOwn = ids.readDocument(policy.wrap(), sent.body())
                .filter(key.id()::equals)
                .isPresent();
        return itsOwn ? sent.body() : new Redaction(List.of(policy.wrap().append(ids.place()))).of(sent.body());
    }

    private static ServerWebExchange withHeaders(ServerWebExchange exchange, Consumer<HttpHeaders> change) {
        return exchange.mutate().request(request -> request.headers(change)).build();
    }

    /** Says which item came of the create, and that it was there before. */
    private static GovernedExchange live(GovernedExchange exchange) {
        HttpHeaders headers = exchange.exchange().getResponse().getHeaders();
        headers.set(TrashFacts.STATE, "live");
        headers.set(HttpHeaders.CONTENT_LOCATION, exchange.clientPath());
        return exchange;
    }

    private Mono<Void> create(Sent sent) {
        long observed = tombstones.observe();
        GovernedExchange exchange = sent.exchange();
        return exchange.forward(
                headers -> {},
                duplicates.explained(
                        exchange,
                        sent.parents(),
                        sent.values(),
                        (response, body) ->
                                response.writeWith(looked(exchange, sent.parents(), observed, response, body))));
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
        // The body may be the client's own, sent back with whatever id he wrote there.
        Optional<ItemKey> located = location(exchange, parents, response);
        if (located.isPresent() || !JsonBodies.isJson(response.getHeaders())) {
            return created(exchange, observed, located).thenMany(body);
        }
        return BodyPeek.at(
                body,
                peekLimits,
                bytes -> created(
                        exchange,
                        observed,
                        ContentCoding.decoded(response.getHeaders(), bytes, peekLimits.bytes())
                                .flatMap(document -> key(exchange, parents, document))));
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

    /** Before the answer goes out: whoever has it may read the new item, which has nothing of one that had its id before. */
    private Mono<Void> created(GovernedExchange exchange, long observed, Optional<ItemKey> key) {
        ResourcePolicy policy = exchange.policy();
        return Mono.justOrEmpty(key)
                .filterWhen(live -> takesThePlace(exchange, live))
                .flatMap(live -> tombstones
                        .learnLive(observed, live, exchange.trace())
                        .then(tombstones.bodies().dropRevisions(policy, live)))
                .onErrorResume(StoreUnavailableException.class, failure -> {
                    LOG.warn("what was kept of an item whose id a new one has is still there: {}", failure.toString());
                    return Mono.empty();
                });
    }

    /** The same where it need not be a new item. */
    private Mono<Void> handedOut(GovernedExchange exchange, long observed, Optional<ItemKey> key) {
        return Mono.justOrEmpty(key)
                .filterWhen(live -> takesThePlace(exchange, live))
                .flatMap(live -> tombstones.learnLive(observed, live, exchange.trace()))
                .onErrorComplete(StoreUnavailableException.class);
    }

    /** What is kept as a snapshot lies nowhere else: the create of one who may not know of it leaves it where it is. */
    private Mono<Boolean> takesThePlace(GovernedExchange exchange, ItemKey live) {
        boolean onlyCopy = exchange.policy().marker() instanceof Marker.Snapshot && tombstones.isTrashed(live);
        return onlyCopy ? disclosure.mayKnow(exchange, exchange.policy(), live) : Mono.just(true);
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

    private static Problem reserved(Sent sent, Tombstone holder) {
        return Duplicates.keyHeld(409, holder, restorePath(sent.exchange(), holder.key()));
    }

    private static Problem reserved(GovernedExchange exchange, ItemKey key) {
        return Problem.of(
                        409,
                        "id-reserved",
                        "The id " + key.id() + " belongs to an item in the trash. Restore that item, or delete it for"
                                + " good, before the id is used again.")
                .with("id", key.id())
                .with("restore", restorePath(exchange, key));
    }

    private static String restorePath(GovernedExchange exchange, ItemKey key) {
        return TrashFacts.restorePath(exchange.policy(), exchange.clientPathOf(exchange.policy(), key));
    }
}
