package dev.cenotaph.gateway.deletion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.gateway.cascade.CascadeAnswers;
import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.cascade.Progress;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Callers;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GoneAnswers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.exchange.Unrecorded;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.ItemReading.Found;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UntouchedException;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.tombstone.CascadeSequence.Kind;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.Detached;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.policy.Answers.Repeat;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.unique.KeyValue;
import dev.cenotaph.policy.unique.KeyValues;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/**
 * Trashes an item: read, durable intent, marker, verification, commit, answer. An unknown outcome is settled by reading
 * the upstream; a hard delete is never among the ways out.
 */
public final class SoftDeletion {
    private static final int WRITE_ATTEMPTS = 3;
    private static final String DRAIN_RETRY_SECONDS = "60";

    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final Callers callers;
    private final OpenClaims openClaims;
    private final ItemTurns turns;
    private final Idempotency idempotency;
    private final GoneAnswers goneAnswers;
    private final Optional<Cascades> cascades;
    private final Clock clock;

    public SoftDeletion(
            Tombstones tombstones,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            Callers callers,
            OpenClaims openClaims,
            ItemTurns turns,
            Idempotency idempotency,
            GoneAnswers goneAnswers,
            Optional<Cascades> cascades,
            Clock clock) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.callers = callers;
        this.openClaims = openClaims;
        this.turns = turns;
        this.idempotency = idempotency;
        this.goneAnswers = goneAnswers;
        this.cascades = cascades;
        this.clock = clock;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.SoftDelete operation) {
        Mono<Answer> answer = idempotency.once(exchange, "", one -> answer(exchange, operation, one));
        return Detached.run(answer).flatMap(result -> Answers.write(exchange.exchange(), result));
    }

    /** The same as a part of a greater request, which sees to it that it goes on to its end. */
    public Mono<Answer> answer(GovernedExchange exchange, Operation.SoftDelete operation, Try one) {
        var attempt = new Attempt(exchange, operation, one);
        if (tombstones.isTrashed(operation.key()) && tombstones.isCurrent()) {
            return attempt.repeated();
        }
        return exchange.policy().mode() == Mode.DRAIN
                ? Mono.just(draining())
                : turns.changing(operation.key(), attempt.trash());
    }

    private static Answer draining() {
        return Answer.problem(
                Problem.of(
                        503,
                        "draining",
                        "Nothing is put into this trash any more, since its policy is in the mode drain. Nothing was"
                                + " changed, and nothing was deleted."),
                headers -> headers.set(HttpHeaders.RETRY_AFTER, DRAIN_RETRY_SECONDS));
    }

    /** One DELETE on its way. */
    private final class Attempt {
        private final GovernedExchange exchange;
        private final ResourcePolicy policy;
        private final MarkerProtocol protocol;
        private final UpstreamItem item;
        private final boolean allowMissing;
        private final Try one;
        private final long observed = tombstones.observe();
        private final Instant deleteTime = clock.instant().truncatedTo(ChronoUnit.MILLIS);

        Attempt(GovernedExchange exchange, Operation.SoftDelete operation, Try one) {
            this.exchange = exchange;
            this.one = one;
            this.allowMissing = operation.allowMissing();
            this.policy = exchange.policy();
            this.protocol = protocols.of(policy);
            this.item = new UpstreamItem(
                    policy,
                    operation.key(),
                    exchange.target(),
                    upstreams.as(exchange.exchange()),
                    exchange.header(HttpHeaders.IF_MATCH),
                    protocol.keepsItem() ? Optional.of(callers.of(exchange)) : Optional.empty());
        }

        Mono<Answer> trash() {
            boolean reads = protocol.readsFirst()
                    || policy.write().exists() == Write.Exists.CHECK
                    || !policy.unique().isNone();
            return (reads ? protocol.read(item).flatMap(this::trash) : intend(Optional.empty()))
                    .onErrorResume(UpstreamException.class, e -> Mono.just(UpstreamProblems.failed(e)));
        }

        private Mono<Answer> trash(ItemReading reading) {
            return switch (reading) {
                case ItemReading.Missing missing -> Mono.just(missing(missing.answer()));
                case ItemReading.Unreadable unreadable ->
                    Mono.just(UpstreamProblems.refused(
                            unreadable.answer(), "item-unreadable", "The item cannot be read, so it was not trashed."));
                case Found found -> found.isTrashed() ? trashedBefore(found) : trash(found);
            };
        }

        /**
         * Where the item is kept as a snapshot, that it is missing is what anybody is told who may not see it: it settles
         * nothing that is still pending, but from whom the snapshot was kept for. He could see the item.
         */
        private Mono<Answer> trashedBefore(Found found) {
            boolean pending = protocol.keepsItem() && tombstones.isCurrent() && !tombstones.isTrashed(item.key());
            return pending
                    ? wasAskedForByCaller().flatMap(his -> his ? learned(found) : Mono.just(noSuchItem()))
                    : learned(found);
        }

        private Mono<Boolean> wasAskedForByCaller() {
            return tombstones.bodies().isKeptFor(item.key(), FormerBody.Kind.SNAPSHOT, callers.of(exchange));
        }

        private Answer noSuchItem() {
            return allowMissing
                    ? Answer.empty(204, headers -> {})
                    : Answer.problem(
                            Problem.of(404, "no-such-item", "The upstream shows no such item to this caller."));
        }

        private Mono<Answer> trash(Found found) {
            return meetsCondition(found)
                    ? intend(Optional.of(found))
                    : Mono.just(Answer.problem(
                            Problem.of(412, "precondition-failed", "The item is not the one that If-Match names.")));
        }

        /** A write elsewhere than to the item cannot carry the client's condition, so it is judged here. */
        private boolean meetsCondition(Found found) {
            return protocol.codec().isPresent()
                    || item.ifMatch()
                            .map(field -> field.strip().equals("*")
                                    || found.answer()
                                            .strongEntityTag()
                                            .filter(tag -> List.of(field.split("\\s*,\\s*"))
                                                    .contains(tag))
                                            .isPresent())
                            .orElse(true);
        }

        /** Somebody trashed it at the upstream itself; or another change of ours is under way, and may yet come to nothing. */
        private Mono<Answer> learned(Found found) {
            Instant since = ((MarkerReading.Trashed) found.marker()).since().orElse(deleteTime);
            return tombstones
                    .learnTrashed(observed, deletion(since, Optional.empty()).of(values(Optional.of(found))))
                    .flatMap(known -> repeated())
                    .switchIfEmpty(Mono.fromSupplier(Conflicts::busy));
        }

        private Mono<Answer> intend(Optional<Found> found) {
            return intend(found, WRITE_ATTEMPTS);
        }

        private Mono<Answer> intend(Optional<Found> found, int attempts) {
            return tombstones
                    .begin(deletion(deleteTime, found.flatMap(Found::former)).of(values(found)))
                    .flatMap(claim -> switch (claim) {
                        case Claim.Granted granted -> trash(granted.tombstone(), found, attempts);
                        case Claim.AlreadyTrashed trashed -> repeated();
                        case Claim.Busy busy -> Mono.just(Conflicts.busy());
                        case Claim.Absent absent -> Mono.error(new IllegalStateException("an intent cannot be absent"));
                        case Claim.OnHold held -> Mono.error(new IllegalStateException("a hold stops no intent"));
                    });
        }

        private Mono<Answer> trash(Tombstone pending, Optional<Found> found, int attempts) {
            return openClaims.during(
                    pending, item.upstream(), () -> leading(pending, () -> write(pending, found, attempts)));
        }

        /** What lies below will follow: that is durable before the marker is written. */
        private Mono<Answer> leading(Tombstone pending, Supplier<Mono<Answer>> write) {
            return cascade()
                    .map(follow -> follow.beginTrash(pending, policy, exchange.trace())
                            .flatMap(begun -> begun ? write.get() : stillRestoring(follow, pending)))
                    .orElseGet(write);
        }

        private Mono<Answer> stillRestoring(Cascades follow, Tombstone pending) {
            return follow.progress(item.key(), Kind.RESTORE)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(progress ->
                            release(pending, "cascade-in-progress", CascadeAnswers.stillRestoring(progress)));
        }

        private Optional<Cascades> cascade() {
            return policy.children().isEmpty() ? Optional.empty() : cascades;
        }

        private Mono<Answer> write(Tombstone pending, Optional<Found> found, int attempts) {
            return protocol.trash(item, found, pending)
                    .flatMap(answer -> written(pending, answer, attempts))
                    .onErrorResume(
                            UpstreamException.class,
                            e -> e.neverSent()
                                    ? release(pending, "upstream-unreachable", UpstreamProblems.failed(e))
                                    : doubt(pending, UpstreamProblems.failed(e)))
                    .onErrorResume(
                            UnwritableMarkerException.class, e -> release(pending, "marker-unwritable", unwritable(e)))
                    .onErrorResume(UntouchedException.class, e -> release(pending, e.code(), e.answer()));
        }

        private Mono<Answer> written(Tombstone pending, UpstreamAnswer answer, int attempts) {
            if (protocol.mayComeLater(answer)) {
                return doubt(pending, notYet());
            }
            if (answer.isSuccess()) {
                return verify(pending, answer);
            }
            if (answer.status() == 412 && item.ifMatch().isEmpty() && attempts > 1) {
                return again(pending, attempts - 1);
            }
            Answer refused = UpstreamProblems.refused(
                    answer, "marker-write-refused", "The upstream refused the write that trashes the item.");
            if (answer.isAnothersDoubt()) {
                return doubt(pending, refused);
            }
            return answer.status() >= 500
                    ? settle(pending, refused)
                    : release(pending, "marker-write-refused " + answer.status(), refused);
        }

        /**
         * A condition of ours was not met: the item changed between our read and our write, or it was never there. Reading
         * it tells.
         */
        private Mono<Answer> again(Tombstone pending, int attempts) {
            return protocol.read(item).flatMap(reading -> switch (reading) {
                case Found found ->
                    found.isTrashed()
                            ? commit(pending, Optional.of(found.answer()))
                            : tombstones
                                    .release(pending, "changed meanwhile", exchange.trace())
                                    .then(Mono.defer(() -> intend(Optional.of(found), attempts)));
                case ItemReading.Missing missing -> release(pending, "vanished", missing(missing.answer()));
                case ItemReading.Unreadable unreadable ->
                    release(
                            pending,
                            "item-unreadable",
                            UpstreamProblems.refused(
                                    unreadable.answer(), "item-unreadable", "The item cannot be read."));
            });
        }

        private Mono<Answer> verify(Tombstone pending, UpstreamAnswer answer) {
            return switch (policy.write().verify()) {
                case NONE -> commit(pending, Optional.empty());
                case READ -> verifyByReading(pending);
                case RESPONSE ->
                    protocol.readAnswer(answer) instanceof MarkerReading.Trashed
                            ? commit(pending, protocol.codec().map(inside -> answer))
                            : verifyByReading(pending);
            };
        }

        private Mono<Answer> verifyByReading(Tombstone pending) {
            return settle(
                    pending,
                    Answer.problem(Problem.of(
                            502,
                            "marker-not-applied",
                            "The upstream accepted the write of the marker, but a read afterwards does not show it. The"
                                    + " item was not trashed. Does the policy's marker name a member that the upstream"
                                    + " keeps, and does the upstream know the type of body that `write` has the gateway"
                                    + " send?")));
        }

        /** A write without an answer may still arrive: unless it has, the intent stays until none can be on its way. */
        private Mono<Answer> doubt(Tombstone pending, Answer otherwise) {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found ->
                            found.isTrashed() ? commit(pending, Optional.of(found.answer())) : Mono.just(otherwise);
                        case ItemReading.Missing missing -> release(pending, "vanished", missing(missing.answer()));
                        case ItemReading.Unreadable unreadable -> Mono.just(unknown());
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(unknown()));
        }

        /** Asks the upstream what is true. Without an answer the intent stays, to be settled later. */
        private Mono<Answer> settle(Tombstone pending, Answer otherwise) {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found ->
                            found.isTrashed()
                                    ? commit(pending, Optional.of(found.answer()))
                                    : release(pending, "marker-not-applied", otherwise);
                        case ItemReading.Missing missing -> release(pending, "vanished", missing(missing.answer()));
                        case ItemReading.Unreadable unreadable -> Mono.just(unknown());
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(unknown()));
        }

        private Mono<Answer> commit(Tombstone pending, Optional<UpstreamAnswer> shown) {
            return Unrecorded.unless(tombstones.commit(pending, exchange.trace()), "The item is marked at the upstream")
                    .flatMap(tombstone ->
                            followed(tombstone, shown).switchIfEmpty(Mono.defer(() -> done(tombstone, shown))));
        }

        /** Empty where nothing has to follow any more. */
        private Mono<Answer> followed(Tombstone tombstone, Optional<UpstreamAnswer> shown) {
            return Mono.justOrEmpty(cascade())
                    .flatMap(follow -> follow.follow(item.key(), Kind.TRASH, item.upstream()))
                    .flatMap(progress ->
                            progress.complete() ? done(tombstone, shown) : Mono.just(listed(tombstone, progress)));
        }

        private Answer listed(Tombstone tombstone, Progress progress) {
            return CascadeAnswers.trashed(
                    exchange, cascades.orElseThrow().policies(), progress, headers -> facts(headers, tombstone));
        }

        private Mono<Answer> done(Tombstone tombstone, Optional<UpstreamAnswer> shown) {
            return switch (policy.answers().delete()) {
                case NO_CONTENT, PASS -> Mono.just(Answer.empty(204, headers -> facts(headers, tombstone)));
                case OK_WITH_CASCADE ->
                    Mono.justOrEmpty(cascades)
                            .flatMap(follow -> follow.complete(tombstone.deletionId()))
                            .map(progress -> listed(tombstone, progress))
                            .switchIfEmpty(
                                    Mono.fromSupplier(() -> Answer.empty(204, headers -> facts(headers, tombstone))));
                case ACCEPTED -> Mono.just(Answer.empty(202, headers -> facts(headers, tombstone)));
                case OK_WITH_BODY ->
                    Mono.just(Answer.of(
                            200,
                            headers -> {
                                headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
                                facts(headers, tombstone);
                            },
                            policy.answers().deleteBody().orElseThrow().getBytes(UTF_8)));
                case OK_WITH_ITEM ->
                    shown.filter(answer -> answer.status() == 200 && answer.body().length > 0)
                            .map(Mono::just)
                            .orElseGet(this::readAnswer)
                            .map(answer -> withItem(answer, tombstone));
            };
        }

        private Mono<UpstreamAnswer> readAnswer() {
            return protocol.read(item).map(reading -> switch (reading) {
                case Found found -> found.answer();
                case ItemReading.Missing missing -> missing.answer();
                case ItemReading.Unreadable unreadable -> unreadable.answer();
            });
        }

        private Answer withItem(UpstreamAnswer answer, Tombstone tombstone) {
            Answer item = exchange.forwarding().shown(UpstreamProblems.asItIs(answer));
            return Answer.of(
                    200,
                    headers -> {
                        headers.addAll(item.headers());
                        facts(headers, tombstone);
                    },
                    item.body());
        }

        private void facts(HttpHeaders headers, Tombstone tombstone) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            TrashFacts.headers(Optional.of(tombstone), restorePath()).accept(headers);
        }

        private String restorePath() {
            return TrashFacts.restorePath(policy, exchange.clientPathOf(policy, item.key()));
        }

        /** It may be this very request that trashed it, at a try whose answer got lost. */
        private Mono<Answer> repeated() {
            Mono<Answer> own = one.again()
                    ? tombstones
                            .find(item.key())
                            .filter(tombstone -> tombstone.deletionId().equals(one.deletionId()))
                            .flatMap(tombstone -> done(tombstone, Optional.empty()))
                    : Mono.empty();
            return underWay().switchIfEmpty(own).switchIfEmpty(Mono.defer(this::answerToRepeat));
        }

        /** What still follows goes on with the rights of who asked for it again. */
        private Mono<Answer> underWay() {
            return Mono.justOrEmpty(cascade())
                    .flatMap(follow -> tombstones.find(item.key()))
                    .flatMap(tombstone -> followed(tombstone, Optional.empty()));
        }

        private Mono<Answer> answerToRepeat() {
            if (allowMissing) {
                return tombstones
                        .find(item.key())
                        .flatMap(tombstone -> done(tombstone, Optional.empty()))
                        .switchIfEmpty(Mono.fromSupplier(() -> Answer.empty(204, headers -> {})));
            }
            return policy.answers().repeat() == Repeat.NO_CONTENT
                    ? tombstones
                            .find(item.key())
                            .map(Optional::of)
                            .defaultIfEmpty(Optional.empty())
                            .map(known -> Answer.empty(204, TrashFacts.headers(known, restorePath())))
                    : goneAnswers.ofRepeat(exchange, policy, item.key());
        }

        private Answer missing(UpstreamAnswer answer) {
            return allowMissing ? Answer.empty(204, headers -> {}) : UpstreamProblems.asItIs(answer);
        }

        private Mono<Answer> release(Tombstone pending, String reason, Answer answer) {
            return tombstones.release(pending, reason, exchange.trace()).thenReturn(answer);
        }

        /** Retention counts from now, whatever an old marker says: what was trashed long ago is not purged at once. */
        private Deletion deletion(Instant time, Optional<String> former) {
            return new Deletion(
                    item.key(), time, policy.purgeTime(deleteTime), one.deletionId(), former, exchange.trace());
        }

        private List<KeyValue> values(Optional<Found> found) {
            return found.map(item -> KeyValues.of(policy, item.answer().body())).orElse(List.of());
        }

        private static Answer unwritable(UnwritableMarkerException e) {
            return Answer.problem(Problem.of(
                    502,
                    "marker-unwritable",
                    "The marker cannot be written into the item, so it was not trashed: " + e.getMessage() + "."));
        }

        private static Answer notYet() {
            return Answer.problem(
                    Problem.of(
                            504,
                            "outcome-unknown",
                            "The upstream promised to delete the item, and still shows it. The deletion stays pending and"
                                    + " is settled by reading the item; repeat the request to learn what came of it."),
                    headers -> headers.set(HttpHeaders.RETRY_AFTER, "30"));
        }

        private static Answer unknown() {
            return Answer.problem(
                    Problem.of(
                            504,
                            "outcome-unknown",
                            "The upstream did not say whether it took the marker. The deletion stays pending and is"
                                    + " settled by reading the item; repeat the request to learn what came of it."),
                    headers -> headers.set(HttpHeaders.RETRY_AFTER, "30"));
        }
    }
}
