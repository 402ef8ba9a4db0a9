package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.BodyPeek;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.Lessons;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.TrashScope;
import dev.cenotaph.policy.unique.KeyValue;
import dev.cenotaph.policy.unique.KeyValues;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at answers of the upstream to reads and writes of one item, while they pass: what they show of the marker counts. */
final class ItemLooks {
    private final Tombstones tombstones;
    private final Lessons lessons;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final BodyPeek.Limits peekLimits;
    private final Clock clock;

    ItemLooks(
            Tombstones tombstones,
            Lessons lessons,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            BodyPeek.Limits peekLimits,
            Clock clock) {
        this.tombstones = tombstones;
        this.lessons = lessons;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.peekLimits = peekLimits;
        this.clock = clock;
    }

    /** A look at the answer to a request that is about to be sent. */
    Look at(GovernedExchange exchange, ItemKey key) {
        return new Look(exchange, key);
    }

    /** Whether the upstream says of an item that it is trashed. */
    Mono<Boolean> isTrashed(GovernedExchange exchange, ItemKey key, URI url) {
        var item = new UpstreamItem(exchange.policy(), key, url, upstreams.as(exchange.exchange()), Optional.empty());
        return protocols
                .of(exchange.policy())
                .read(item)
                .map(reading -> reading instanceof ItemReading.Found found && found.isTrashed());
    }

    /** One answer on its way, looked at. */
    final class Look {
        private final GovernedExchange exchange;
        private final ItemKey key;
        private final long observed = tombstones.observe();
        /** What the answer shows at unique keys, once it was looked at. */
        private List<KeyValue> values = List.of();

        private Look(GovernedExchange exchange, ItemKey key) {
            this.exchange = exchange;
            this.key = key;
        }

        Mono<Void> whileReading(ServerHttpResponse response, Flux<? extends DataBuffer> body, TrashScope scope) {
            if (!isLegible(response)) {
                return response.writeWith(body);
            }
            Publisher<DataBuffer> looked = peek(response, body, reading -> switch (reading) {
                case MarkerReading.Trashed trashed -> believed(response, trashed, scope);
                case MarkerReading.Live live -> scope == TrashScope.ONLY ? Mono.error(notThere()) : Mono.empty();
                case MarkerReading.Hidden hidden -> scope == TrashScope.ONLY ? Mono.error(notThere()) : hidden(scope);
            });
            return response.writeWith(looked)
                    .onErrorResume(
                            Failure.class, failure -> Answers.replace(exchange.exchange(), response, failure.answer()));
        }

        /** @param effect of the client's body on the marker, as far as it can be told */
        Publisher<? extends DataBuffer> whileWriting(
                ServerHttpResponse response, Flux<? extends DataBuffer> body, Effect effect) {
            boolean asks = effect == Effect.UNREADABLE && statusOf(response) < 400;
            if (!marksInside() || (!isLegible(response) && !asks)) {
                return body;
            }
            if (!isLegible(response)) {
                return BodyPeek.at(response, body, peekLimits, bytes -> ask(response));
            }
            return peek(response, body, reading -> switch (reading) {
                case MarkerReading.Trashed trashed -> learned(response, trashed);
                case MarkerReading.Live live -> Mono.empty();
                case MarkerReading.Hidden hidden -> asks ? ask(response) : Mono.empty();
            });
        }

        /** Neither the client's body nor the answer tells whether the item is trashed now. */
        private Mono<Void> ask(ServerHttpResponse response) {
            return protocols
                    .of(exchange.policy())
                    .read(new UpstreamItem(
                            exchange.policy(),
                            key,
                            exchange.target(),
                            upstreams.as(exchange.exchange()),
                            Optional.empty()))
                    .onErrorResume(UpstreamException.class, e -> Mono.empty())
                    .flatMap(reading -> reading instanceof ItemReading.Found found
                                    && found.marker() instanceof MarkerReading.Trashed trashed
                            ? learned(response, trashed)
                            : Mono.empty());
        }

        Mono<Void> whileShowingTrash(
                ServerHttpResponse response, Flux<? extends DataBuffer> body, Optional<Tombstone> known) {
            HttpStatus status = HttpStatus.resolve(statusOf(response));
            if (status == HttpStatus.NOT_FOUND || status == HttpStatus.GONE) {
                lessons.sawLive(observed, key, exchange.trace());
                return response.writeWith(body);
            }
            HttpHeaders headers = response.getHeaders();
            TrashFacts.headers(
                            known,
                            TrashFacts.restorePath(exchange.policy(), exchange.clientPathOf(exchange.policy(), key)))
                    .accept(headers);
            known.ifPresent(tombstone -> TrashFacts.sunset(headers, tombstone));
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
            if (!isLegible(response) || !marksInside() || exchange.isHead()) {
                return response.writeWith(body);
            }
            return response.writeWith(peek(response, body, reading -> {
                if (reading instanceof MarkerReading.Live) {
                    lessons.sawLive(observed, key, exchange.trace());
                    headers.set(TrashFacts.STATE, "live");
                }
                return Mono.empty();
            }));
        }

        private Publisher<DataBuffer> peek(
                ServerHttpResponse response,
                Flux<? extends DataBuffer> body,
                Function<MarkerReading, Mono<Void>> judge) {
            MarkerCodec codec = protocols.of(exchange.policy()).codec().orElseThrow();
            return BodyPeek.at(
                    response,
                    body,
                    peekLimits,
                    bytes -> ContentCoding.decoded(response.getHeaders(), bytes, peekLimits.bytes())
                            .map(document -> {
                                values = KeyValues.of(exchange.policy(), document);
                                return judge.apply(codec.read(document));
                            })
                            .orElse(Mono.empty()));
        }

        /** The upstream says trashed, and we did not know. Its body is the truth, even where the store is down. */
        private Mono<Void> believed(ServerHttpResponse response, MarkerReading.Trashed trashed, TrashScope scope) {
            return tombstones
                    .learnTrashed(observed, deletion(trashed))
                    .map(Optional::of)
                    .onErrorResume(StoreUnavailableException.class, e -> Mono.just(Optional.empty()))
                    .switchIfEmpty(Mono.defer(this::secondOpinion))
                    .flatMap(known -> {
                        String path = exchange.clientPathOf(exchange.policy(), key);
                        if (!scope.showsTrashed()) {
                            return Mono.error(new Failure(TrashFacts.gone(exchange, exchange.policy(), known, path)));
                        }
                        TrashFacts.headers(known, TrashFacts.restorePath(exchange.policy(), path))
                                .accept(response.getHeaders());
                        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                        return Mono.empty();
                    });
        }

        /**
         * The item changes at this very moment, or did while the answer was on its way, so that the answer may be stale.
         * Only what the upstream says now is true: nothing where the item is live and its answer may pass.
         */
        private Mono<Optional<Tombstone>> secondOpinion() {
            if (tombstones.isTrashed(key)) {
                return tombstones.find(key).map(Optional::of);
            }
            return isTrashed(exchange, key, exchange.target())
                    .filter(trashed -> trashed)
                    .map(trashed -> Optional.empty());
        }

        /** The answer does not show the marker; where memory cannot be relied on either, nothing tells. */
        private Mono<Void> hidden(TrashScope scope) {
            boolean unsure = tombstones.isTrashed(key) && !tombstones.isCurrent();
            return unsure && !scope.showsTrashed() ? Mono.error(new Failure(Conflicts.unsure())) : Mono.empty();
        }

        private Mono<Void> learned(ServerHttpResponse response, MarkerReading.Trashed trashed) {
            return tombstones
                    .learnTrashed(observed, deletion(trashed))
                    .onErrorResume(StoreUnavailableException.class, e -> Mono.empty())
                    .doOnNext(known -> TrashFacts.headers(
                                    Optional.of(known),
                                    TrashFacts.restorePath(
                                            exchange.policy(), exchange.clientPathOf(exchange.policy(), key)))
                            .accept(response.getHeaders()))
                    .then();
        }

        private Deletion deletion(MarkerReading.Trashed trashed) {
            return Deletion.seen(exchange.policy(), key, trashed.since(), clock.instant(), exchange.trace())
                    .of(values);
        }

        private Failure notThere() {
            return new Failure(Conflicts.notInTrash());
        }

        private boolean marksInside() {
            return protocols.of(exchange.policy()).codec().isPresent();
        }

        private static boolean isLegible(ServerHttpResponse response) {
            int status = statusOf(response);
            return (status == 200 || status == 201) && JsonBodies.isJson(response.getHeaders());
        }

        private static int statusOf(ServerHttpResponse response) {
            return response.getStatusCode() == null
                    ? 200
                    : response.getStatusCode().value();
        }
    }
}
