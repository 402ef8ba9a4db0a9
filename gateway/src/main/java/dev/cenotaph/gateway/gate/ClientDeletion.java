package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.cascade.CascadeAnswers;
import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.cascade.Progress;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GoneAnswers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.exchange.Unrecorded;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.ItemReading.Found;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.tombstone.CascadeSequence.Kind;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.CallerHeaders;
import dev.cenotaph.policy.unique.KeyValue;
import dev.cenotaph.policy.unique.KeyValues;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * The soft delete that is a client's own write of the marker, as an archive by PATCH is: read, durable intent, the client's
 * write as it came, verification, commit, the upstream's answer. An unknown outcome is settled by reading the upstream.
 */
final class ClientDeletion {
    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final OpenClaims openClaims;
    private final GoneAnswers goneAnswers;
    private final Optional<Cascades> cascades;
    private final Clock clock;

    ClientDeletion(
            Tombstones tombstones,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            OpenClaims openClaims,
            GoneAnswers goneAnswers,
            Optional<Cascades> cascades,
            Clock clock) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.openClaims = openClaims;
        this.goneAnswers = goneAnswers;
        this.cascades = cascades;
        this.clock = clock;
    }

    /** @param body of the client's write, as it came */
    Mono<Answer> trash(GovernedExchange exchange, ItemKey key, byte[] body) {
        return Mono.defer(() -> new Attempt(exchange, key, body).trash());
    }

    /** Waits for what follows. Where the item was not trashed after all, nothing does. */
    Mono<Answer> followed(GovernedExchange exchange, ItemKey key, Answer answer) {
        return following(exchange, key)
                .filter(progress -> answer.status() < 400)
                .map(progress -> underWay(exchange, key, progress))
                .defaultIfEmpty(answer);
    }

    /** Whether something may still follow an item that such a write put into the trash. */
    Mono<Boolean> isFollowed(ResourcePolicy policy, ItemKey key) {
        return Mono.justOrEmpty(cascade(policy))
                .flatMap(follow -> follow.open(key, Kind.TRASH))
                .hasElement();
    }

    /** What still follows goes on with the rights of who asks for it again; empty where nothing does any more. */
    Mono<Answer> goOn(GovernedExchange exchange, ItemKey key) {
        return following(exchange, key).map(progress -> underWay(exchange, key, progress));
    }

    private Mono<Progress> following(GovernedExchange exchange, ItemKey key) {
        return Mono.justOrEmpty(cascade(exchange.policy()))
                .flatMap(follow -> follow.follow(key, Kind.TRASH, upstreams.as(exchange.exchange())))
                .filter(progress -> !progress.complete());
    }

    private Answer underWay(GovernedExchange exchange, ItemKey key, Progress progress) {
        Optional<Tombstone> top = progress.trashed().stream()
                .filter(tombstone -> tombstone.key().equals(key))
                .findFirst();
        String restore = TrashFacts.restorePath(exchange.policy(), exchange.clientPathOf(exchange.policy(), key));
        return CascadeAnswers.trashed(
                exchange, cascades.orElseThrow().policies(), progress, TrashFacts.headers(top, restore));
    }

    /** In {@code drain} the client's own write passes, and takes nothing along. */
    private Optional<Cascades> cascade(ResourcePolicy policy) {
        boolean leads = !policy.children().isEmpty()
                && policy.markerWrites() == MarkerWrites.LEARN
                && policy.mode() == Mode.ENFORCE;
        return leads ? cascades : Optional.empty();
    }

    /** One such write on its way. */
    private final class Attempt {
        private final GovernedExchange exchange;
        private final MarkerProtocol protocol;
        private final UpstreamItem item;
        private final UpstreamRequest request;
        private final long observed = tombstones.observe();
        private final Instant deleteTime = clock.instant().truncatedTo(ChronoUnit.MILLIS);

        Attempt(GovernedExchange exchange, ItemKey key, byte[] body) {
            this.exchange = exchange;
            this.protocol = protocols.of(exchange.policy());
            this.item = new UpstreamItem(
                    exchange.policy(), key, exchange.target(), upstreams.as(exchange.exchange()), Optional.empty());
            this.request =
                    new UpstreamRequest(exchange.method(), exchange.target(), headers(exchange), Optional.of(body));
        }

        Mono<Answer> trash() {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found ->
                            found.isTrashed()
                                    ? learned(found)
                                    : intend(
                                            found.former(),
                                            KeyValues.of(
                                                    item.policy(),
                                                    found.answer().body()));
                        // Whether it may be written all the same is for the upstream to say.
                        case ItemReading.Missing missing -> intend(Optional.empty(), List.of());
                        case ItemReading.Unreadable unreadable -> intend(Optional.empty(), List.of());
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(UpstreamProblems.failed(e)));
        }

        /** Somebody trashed it at the upstream itself; or another change of ours is under way, and may yet come to nothing. */
        private Mono<Answer> learned(Found found) {
            var since = ((MarkerReading.Trashed) found.marker()).since();
            return tombstones
                    .learnTrashed(
                            observed,
                            Deletion.seen(item.policy(), item.key(), since, clock.instant(), exchange.trace()))
                    .flatMap(known -> gone())
                    .switchIfEmpty(Mono.fromSupplier(Conflicts::busy));
        }

        private Mono<Answer> intend(Optional<String> former, List<KeyValue> values) {
            var deletion = new Deletion(
                    item.key(),
                    deleteTime,
                    item.policy().purgeTime(deleteTime),
                    UUID.randomUUID().toString(),
                    former,
                    exchange.trace(),
                    values);
            return tombstones.begin(deletion).flatMap(claim -> switch (claim) {
                case Claim.Granted granted ->
                    openClaims.during(granted.tombstone(), item.upstream(), () -> leading(granted.tombstone()));
                case Claim.AlreadyTrashed trashed -> gone();
                case Claim.Busy busy -> Mono.just(Conflicts.busy());
                case Claim.Absent absent -> Mono.error(new IllegalStateException("an intent cannot be absent"));
                case Claim.OnHold held -> Mono.error(new IllegalStateException("a hold stops no intent"));
            });
        }

        /** What lies below will follow: that is durable before the client's write is sent. */
        private Mono<Answer> leading(Tombstone pending) {
            return cascade(item.policy())
                    .map(follow -> follow.beginTrash(pending, item.policy(), exchange.trace())
                            .flatMap(begun -> begun ? write(pending) : stillRestoring(follow, pending)))
                    .orElseGet(() -> write(pending));
        }

        private Mono<Answer> stillRestoring(Cascades follow, Tombstone pending) {
            return follow.progress(item.key(), Kind.RESTORE)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(progress ->
                            release(pending, "cascade-in-progress", CascadeAnswers.stillRestoring(progress)));
        }

        private Mono<Answer> write(Tombstone pending) {
            return item.upstream()
                    .send(request)
                    .flatMap(answer -> written(pending, answer))
                    .onErrorResume(
                            UpstreamException.class,
                            e -> e.neverSent()
                                    ? release(pending, "upstream-unreachable", UpstreamProblems.failed(e))
                                    : doubt(pending, UpstreamProblems.failed(e)));
        }

        private Mono<Answer> written(Tombstone pending, UpstreamAnswer answer) {
            Answer own = exchange.forwarding().shown(UpstreamProblems.asItIs(answer));
            if (answer.status() < 400) {
                return verify(pending, answer, own);
            }
            if (answer.isAnothersDoubt()) {
                return doubt(pending, own);
            }
            return answer.status() >= 500
                    ? settle(pending, own)
                    : release(pending, "client's write refused " + answer.status(), own);
        }

        private Mono<Answer> verify(Tombstone pending, UpstreamAnswer answer, Answer own) {
            return switch (item.policy().write().verify()) {
                case NONE -> answer.isSuccess() ? commit(pending, own) : settle(pending, own);
                case READ -> settle(pending, own);
                case RESPONSE ->
                    answer.isSuccess() && protocol.readAnswer(answer) instanceof MarkerReading.Trashed
                            ? commit(pending, own)
                            : settle(pending, own);
            };
        }

        /** Asks the upstream what is true. Without an answer the intent stays, to be settled later. */
        private Mono<Answer> settle(Tombstone pending, Answer own) {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found ->
                            found.isTrashed() ? commit(pending, own) : release(pending, "marker-not-applied", own);
                        case ItemReading.Missing missing -> release(pending, "vanished", own);
                        case ItemReading.Unreadable unreadable -> Mono.just(unknown());
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(unknown()));
        }

        /** A write without an answer may still arrive: unless it has, the intent stays until none can be on its way. */
        private Mono<Answer> doubt(Tombstone pending, Answer otherwise) {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found -> found.isTrashed() ? commit(pending, otherwise) : Mono.just(otherwise);
                        case ItemReading.Missing missing -> Mono.just(otherwise);
                        case ItemReading.Unreadable unreadable -> Mono.just(unknown());
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(unknown()));
        }

        private Mono<Answer> commit(Tombstone pending, Answer own) {
            return Unrecorded.unless(tombstones.commit(pending, exchange.trace()), "The item is marked at the upstream")
                    .map(tombstone -> trashed(tombstone, own));
        }

        /** The upstream's own answer; 204 where it said that it had failed, though the item is trashed. */
        private Answer trashed(Tombstone tombstone, Answer own) {
            boolean failed = own.status() >= 400;
            return Answer.of(
                    failed ? 204 : own.status(),
                    headers -> {
                        if (!failed) {
                            headers.addAll(own.headers());
                        }
                        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                        TrashFacts.headers(Optional.of(tombstone), restorePath())
                                .accept(headers);
                    },
                    failed ? new byte[0] : own.body());
        }

        private Mono<Answer> gone() {
            return goneAnswers.of(exchange, item.policy(), item.key());
        }

        private Mono<Answer> release(Tombstone pending, String reason, Answer answer) {
            return tombstones.release(pending, reason, exchange.trace()).thenReturn(answer);
        }

        private String restorePath() {
            return TrashFacts.restorePath(item.policy(), exchange.clientPathOf(item.policy(), item.key()));
        }

        private static Map<String, String> headers(GovernedExchange exchange) {
            var headers = new LinkedHashMap<String, String>();
            exchange.exchange().getRequest().getHeaders().forEach((name, values) -> {
                if (CallerHeaders.isOfTheWrite(name)) {
                    headers.put(name, String.join(", ", values));
                }
            });
            return headers;
        }

        private static Answer unknown() {
            return Answer.problem(
                    Problem.of(
                            504,
                            "outcome-unknown",
                            "The upstream did not say whether it took the marker. The deletion stays pending and is"
                                    + " settled by reading the item; read the item to learn what came of it."),
                    headers -> headers.set(HttpHeaders.RETRY_AFTER, "30"));
        }
    }
}
