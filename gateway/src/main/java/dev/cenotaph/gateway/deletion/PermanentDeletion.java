package dev.cenotaph.gateway.deletion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cenotaph.gateway.cascade.CascadeAnswers;
import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.gateway.exchange.Unrecorded;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UntouchedException;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.Detached;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Operation.Grant;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Deletes an item for good. Beside the purge, and the deletion of an item whose snapshot was kept, the one place from which a
 * DELETE of a governed item reaches the upstream.
 */
public final class PermanentDeletion {
    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final OpenClaims openClaims;
    private final ItemTurns turns;
    private final Idempotency idempotency;
    private final Optional<Cascades> cascades;
    private final int bodyLimit;

    public PermanentDeletion(
            Tombstones tombstones,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            OpenClaims openClaims,
            ItemTurns turns,
            Idempotency idempotency,
            Optional<Cascades> cascades,
            int bodyLimit) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.openClaims = openClaims;
        this.turns = turns;
        this.idempotency = idempotency;
        this.cascades = cascades;
        this.bodyLimit = bodyLimit;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.PermanentDelete operation) {
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit)
                .flatMap(body -> Detached.run(idempotency.once(
                        exchange,
                        new String(body, ISO_8859_1),
                        one -> turns.changing(operation.key(), new Attempt(exchange, operation, body, one).delete()))))
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    /**
     * Deletes a trashed item for good, so that another may take its place.
     *
     * @return empty once it is gone, or what the client is told
     */
    public Mono<Answer> ahead(GovernedExchange exchange, ItemKey key) {
        var operation = new Operation.PermanentDelete(key, Grant.REQUESTED_IF_TRASHED, Optional.empty());
        var deletion = exchange.forItem(key, exchange.exchange(), "DELETE");
        var attempt = new Attempt(deletion, operation, new byte[0], Try.unconnected(), Optional.empty());
        // No turn of its own: no client's write passes while the item is trashed, and the claim keeps changes apart.
        return Detached.run(attempt.delete()).filter(answer -> !isGone(answer));
    }

    private static boolean isGone(Answer answer) {
        return (answer.status() >= 200 && answer.status() < 300) || answer.status() == 404 || answer.status() == 410;
    }

    /** The same as a part of a greater request, which sees to it that it goes on to its end. */
    public Mono<Answer> answer(GovernedExchange exchange, Operation.PermanentDelete operation, Try one) {
        return turns.changing(operation.key(), new Attempt(exchange, operation, new byte[0], one).delete());
    }

    /** One permanent DELETE on its way. */
    private final class Attempt {
        private final GovernedExchange exchange;
        private final Operation.PermanentDelete operation;
        private final MarkerProtocol protocol;
        private final URI url;
        private final UpstreamItem item;
        private final UpstreamRequest request;
        private final Try one;

        Attempt(GovernedExchange exchange, Operation.PermanentDelete operation, byte[] body, Try one) {
            this(exchange, operation, body, one, exchange.header(HttpHeaders.IF_MATCH));
        }

        /** @param ifMatch the client's own condition on the item */
        Attempt(
                GovernedExchange exchange,
                Operation.PermanentDelete operation,
                byte[] body,
                Try one,
                Optional<String> ifMatch) {
            this.exchange = exchange;
            this.one = one;
            this.operation = operation;
            this.protocol = protocols.of(exchange.policy());
            this.url = operation.inTrash().map(exchange::targetAt).orElse(exchange.target());
            this.item = new UpstreamItem(
                    exchange.policy(), operation.key(), url, upstreams.as(exchange.exchange()), ifMatch);
            this.request = request(body);
        }

        Mono<Answer> delete() {
            return tombstones
                    .claim(operation.key(), Tombstone.State.PURGING, exchange.trace())
                    .flatMap(claim -> switch (claim) {
                        case Claim.Granted granted ->
                            protocol.keepsItem() ? drop(granted.tombstone()) : send(granted.tombstone());
                        case Claim.Absent absent ->
                            operation.grant() == Grant.REQUESTED_IF_TRASHED ? sendIfTrashed() : send(Optional.empty());
                        case Claim.AlreadyTrashed trashed -> Mono.just(Conflicts.busy());
                        case Claim.Busy busy -> Mono.just(Conflicts.busy());
                        case Claim.OnHold held -> Mono.just(Conflicts.onHold());
                    });
        }

        /** We know of no tombstone, but somebody may have trashed it at the upstream itself. */
        private Mono<Answer> sendIfTrashed() {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case ItemReading.Found found ->
                            found.isTrashed() ? send(Optional.empty()) : Mono.just(notTrashed());
                        case ItemReading.Missing missing -> answered(Optional.empty(), missing.answer());
                        case ItemReading.Unreadable unreadable ->
                            Mono.just(UpstreamProblems.refused(
                                    unreadable.answer(), "item-unreadable", "The item cannot be read."));
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(UpstreamProblems.failed(e)));
        }

        /** What lies with us alone is dropped here; the upstream only tells whether the caller may see the item's URL. */
        private Mono<Answer> drop(Tombstone claimed) {
            return openClaims.during(
                    claimed,
                    item.upstream(),
                    () -> protocol.read(item)
                            .flatMap(reading -> switch (reading) {
                                case ItemReading.Found found ->
                                    found.isTrashed()
                                            ? dropped(claimed)
                                            : release(Optional.of(claimed), "restored")
                                                    .thenReturn(Conflicts.busy());
                                case ItemReading.Missing missing -> dropped(claimed);
                                case ItemReading.Unreadable unreadable ->
                                    release(Optional.of(claimed), "item-unreadable")
                                            .thenReturn(UpstreamProblems.refused(
                                                    unreadable.answer(),
                                                    "item-unreadable",
                                                    "The item cannot be read."));
                            })
                            .onErrorResume(
                                    UpstreamException.class,
                                    e -> release(Optional.of(claimed), "upstream-unreachable")
                                            .thenReturn(UpstreamProblems.failed(e)))
                            // What cannot be read is not worth keeping.
                            .onErrorResume(UntouchedException.class, e -> dropped(claimed)));
        }

        private Mono<Answer> dropped(Tombstone claimed) {
            return dropRevisions()
                    .then(Mono.defer(() -> tombstones.forget(claimed, "snapshot dropped", exchange.trace())))
                    .thenReturn(Answer.empty(204, headers -> {}));
        }

        private Mono<Answer> send(Tombstone claimed) {
            return openClaims.during(claimed, item.upstream(), () -> below(claimed, () -> send(Optional.of(claimed))));
        }

        /** What went with it goes first. */
        private Mono<Answer> below(Tombstone claimed, Supplier<Mono<Answer>> next) {
            return cascade()
                    .map(follow -> follow.deleteBelow(claimed, item.upstream(), exchange.trace())
                            .map(obstruction -> CascadeAnswers.obstructed(exchange, follow.policies(), obstruction))
                            .flatMap(answer -> release(Optional.of(claimed), "what went with it is still there")
                                    .thenReturn(answer))
                            .switchIfEmpty(Mono.defer(next)))
                    .orElseGet(next);
        }

        private Optional<Cascades> cascade() {
            return exchange.policy().children().isEmpty() ? Optional.empty() : cascades;
        }

        private Mono<Answer> send(Optional<Tombstone> claimed) {
            return item.upstream()
                    .send(request)
                    .flatMap(answer -> answered(claimed, answer))
                    .onErrorResume(UpstreamException.class, e -> unanswered(claimed, e));
        }

        private Mono<Answer> answered(Optional<Tombstone> claimed, UpstreamAnswer answer) {
            if (answer.isSuccess()) {
                return deleted(claimed, "upstream answered " + answer.status())
                        .thenReturn(exchange.forwarding().shown(UpstreamProblems.asItIs(answer)));
            }
            if (answer.isMissing() && (claimed.isPresent() || one.again())) {
                return deleted(claimed, "upstream answered " + answer.status())
                        .thenReturn(Answer.empty(204, headers -> {}));
            }
            Answer refused = UpstreamProblems.asItIs(answer);
            if (answer.isAnothersDoubt()) {
                return doubt(claimed, "upstream answered " + answer.status(), refused);
            }
            return Mono.justOrEmpty(claimed)
                    .flatMap(tombstone -> backOut(tombstone, "upstream answered " + answer.status()))
                    .thenReturn(refused);
        }

        /** The claim may have been taken over from a restore that was cut off after it took effect. */
        private Mono<Void> backOut(Tombstone claimed, String reason) {
            return protocol.read(item)
                    .onErrorResume(UpstreamException.class, e -> Mono.empty())
                    .flatMap(reading -> switch (reading) {
                        case ItemReading.Found found ->
                            found.isTrashed()
                                    ? tombstones.release(claimed, reason, exchange.trace())
                                    : tombstones.forget(claimed, exchange.trace());
                        case ItemReading.Missing missing -> tombstones.release(claimed, reason, exchange.trace());
                        case ItemReading.Unreadable unreadable -> tombstones.release(claimed, reason, exchange.trace());
                    });
        }

        private Mono<Answer> unanswered(Optional<Tombstone> claimed, UpstreamException failure) {
            Answer failed = UpstreamProblems.failed(failure);
            if (failure.neverSent()) {
                return release(claimed, "upstream-unreachable").thenReturn(failed);
            }
            return doubt(claimed, failure.kind().toString(), failed);
        }

        /** A DELETE without an answer may still arrive: unless it has, a claim stays until none can be on its way. */
        private Mono<Answer> doubt(Optional<Tombstone> claimed, String after, Answer otherwise) {
            return protocol.read(item)
                    .flatMap(reading -> reading instanceof ItemReading.Missing
                            ? deleted(claimed, "missing after " + after).thenReturn(Answer.empty(204, headers -> {}))
                            : Mono.just(otherwise))
                    .onErrorResume(UpstreamException.class, e -> Mono.just(otherwise));
        }

        private Mono<Void> deleted(Optional<Tombstone> claimed, String outcome) {
            Mono<Void> recorded = claimed.map(tombstone -> tombstones.forget(tombstone, exchange.trace()))
                    .orElseGet(() -> tombstones.recordDeleted(operation.key(), outcome, exchange.trace()));
            Mono<Void> ended = Mono.justOrEmpty(cascade())
                    .flatMap(follow -> follow.ended(operation.key()))
                    .then();
            return Unrecorded.unless(dropRevisions().then(recorded).then(ended), "The item is deleted at the upstream");
        }

        private Mono<Void> dropRevisions() {
            return tombstones.bodies().dropRevisions(exchange.policy(), operation.key());
        }

        private Mono<Void> release(Optional<Tombstone> claimed, String reason) {
            return Mono.justOrEmpty(claimed)
                    .flatMap(tombstone -> tombstones.release(tombstone, reason, exchange.trace()));
        }

        private Answer notTrashed() {
            return operation.inTrash().isPresent()
                    ? Conflicts.notInTrash()
                    : Conflicts.notTrashed(
                            "The item is live. Only trashed items can be deleted for good: trash it first.");
        }

        private UpstreamRequest request(byte[] body) {
            UpstreamRequest delete = body.length == 0
                    ? UpstreamRequest.delete(url)
                    : UpstreamRequest.write(
                            "DELETE",
                            url,
                            exchange.header(HttpHeaders.CONTENT_TYPE).orElse("application/octet-stream"),
                            body);
            return item.ifMatch()
                    .map(tag -> delete.with(HttpHeaders.IF_MATCH, tag))
                    .orElse(delete);
        }
    }
}
