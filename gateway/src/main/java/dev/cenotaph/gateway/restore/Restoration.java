package dev.cenotaph.gateway.restore;

import dev.cenotaph.gateway.cascade.CascadeAnswers;
import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Callers;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.exchange.Unrecorded;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.ItemReading.Found;
import dev.cenotaph.gateway.marker.MarkerProtocol;
import dev.cenotaph.gateway.marker.MarkerProtocol.Recreated;
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
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.operation.Operation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings an item back: claim, read, write the former value, verify, forget the tombstone, answer with the item. */
public final class Restoration {
    private static final int ATTEMPTS = 3;

    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final Callers callers;
    private final OpenClaims openClaims;
    private final ItemTurns turns;
    private final Idempotency idempotency;
    private final Optional<Cascades> cascades;
    private final RestoringPatch patches;
    private final Clock clock;

    public Restoration(
            Tombstones tombstones,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            Callers callers,
            OpenClaims openClaims,
            ItemTurns turns,
            Idempotency idempotency,
            Optional<Cascades> cascades,
            int bodyLimit,
            Clock clock) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.callers = callers;
        this.openClaims = openClaims;
        this.turns = turns;
        this.idempotency = idempotency;
        this.cascades = cascades;
        this.patches = new RestoringPatch(bodyLimit);
        this.clock = clock;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.Restore operation) {
        List<Above> above = trashedAbove(exchange);
        Optional<Answer> below = belowTrash(exchange, above);
        if (below.isPresent()) {
            return Answers.write(exchange.exchange(), below.get());
        }
        Mono<Optional<String>> stated =
                operation.byPatch() ? patches.statedValue(exchange) : Mono.just(Optional.empty());
        return stated.flatMap(value -> Detached.run(idempotency.once(
                        exchange,
                        value.orElse(""),
                        one -> restoreAbove(exchange, above)
                                .switchIfEmpty(Mono.defer(() -> turns.changing(
                                        operation.key(),
                                        new Attempt(exchange, operation, value, above.isEmpty() ? one : again(one))
                                                .restore(true)))))))
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    /** The same as a part of a greater request, which sees to it that it goes on to its end. */
    public Mono<Answer> answer(GovernedExchange exchange, Operation.Restore operation, Try one) {
        List<Above> above = trashedAbove(exchange);
        return Mono.justOrEmpty(belowTrash(exchange, above))
                .switchIfEmpty(Mono.defer(() -> restoreAbove(exchange, above)))
                .switchIfEmpty(Mono.defer(() -> turns.changing(
                        operation.key(),
                        new Attempt(exchange, operation, Optional.empty(), above.isEmpty() ? one : again(one))
                                .restore(true))));
    }

    private List<Above> trashedAbove(GovernedExchange exchange) {
        return exchange.match().above().stream()
                .filter(item -> tombstones.isTrashed(item.key()))
                .toList();
    }

    private Optional<Answer> belowTrash(GovernedExchange exchange, List<Above> above) {
        if (above.isEmpty()) {
            return Optional.empty();
        }
        if (!tombstones.isCurrent()) {
            return Optional.of(Conflicts.unsure());
        }
        return exchange.policy().trash().restoreAncestors()
                ? Optional.empty()
                : Optional.of(parentTrashed(exchange, above.getFirst()));
    }

    /** Restores what is trashed above, the outermost first; empty once all of it is live, with what went with it. */
    private Mono<Answer> restoreAbove(GovernedExchange exchange, List<Above> above) {
        return Flux.fromIterable(above)
                .concatMap(item -> turns.changing(
                                item.key(), new Attempt(exchange, item.policy(), item.key()).restore(true))
                        .filter(answer -> answer.status() != 200 && answer.status() != 201))
                .next();
    }

    /** The item may have come back with one above. */
    private static Try again(Try one) {
        return new Try(one.deletionId(), true);
    }

    /** What a write does first that may restore. It goes on once the item is live, and as ever where it may not. */
    public Mono<Void> before(GovernedExchange exchange, Operation.WriteItem write, Supplier<Mono<Void>> next) {
        if (!tombstones.isTrashed(write.key())) {
            return next.get();
        }
        var operation = new Operation.Restore(write.key(), exchange.target().getRawPath(), true);
        return switch (write.revival()) {
            case NONE -> next.get();
            case ALONE -> handle(exchange, operation);
            // The restore gives the item another entity tag: a condition on the trashed one cannot hold for the write.
            case FIRST -> isConditional(exchange) ? next.get() : restoreFirst(exchange, operation, next);
        };
    }

    private static boolean isConditional(GovernedExchange exchange) {
        return exchange.header(HttpHeaders.IF_MATCH)
                .filter(tags -> !tags.strip().equals("*"))
                .isPresent();
    }

    private Mono<Void> restoreFirst(GovernedExchange exchange, Operation.Restore operation, Supplier<Mono<Void>> next) {
        var attempt = new Attempt(exchange, operation, Optional.empty(), Try.unconnected());
        // No turn of its own: until the item is restored no other write passes, and the claim keeps changes apart.
        return Detached.run(attempt.restore(true))
                .flatMap(answer -> tombstones.isTrashed(operation.key())
                        ? Answers.write(exchange.exchange(), answer)
                        : next.get());
    }

    /**
     * Restores an item that a create has hit, so that what the client sent can be written to it.
     *
     * @return empty once it is live, or what the client is told
     */
    public Mono<Answer> ahead(GovernedExchange exchange, ItemKey key) {
        var operation = new Operation.Restore(
                key, key.path(exchange.policy(), exchange.policy().item()), false);
        var attempt = new Attempt(exchange, operation, Optional.empty(), Try.unconnected(), Optional.empty());
        // No turn of its own, as above.
        return Detached.run(attempt.restore(true)).filter(answer -> answer.status() != 200);
    }

    private static Answer parentTrashed(GovernedExchange exchange, Above parent) {
        String path = exchange.clientPathOf(parent.policy(), parent.key());
        return Answer.problem(Problem.of(
                        409, "parent-trashed", "The item " + path + " above is in the trash. Restore that one first.")
                .with("restore", TrashFacts.restorePath(parent.policy(), path)));
    }

    /** One restore on its way. */
    private final class Attempt {
        private final GovernedExchange exchange;
        private final MarkerProtocol protocol;
        private final UpstreamItem item;
        private final Optional<String> statedValue;
        private final Try one;
        private final long observed = tombstones.observe();

        Attempt(GovernedExchange exchange, Operation.Restore operation, Optional<String> statedValue, Try one) {
            this(exchange, operation, statedValue, one, exchange.header(HttpHeaders.IF_MATCH));
        }

        /** @param ifMatch the client's own condition on the item */
        Attempt(
                GovernedExchange exchange,
                Operation.Restore operation,
                Optional<String> statedValue,
                Try one,
                Optional<String> ifMatch) {
            this.exchange = exchange;
            this.one = one;
            this.protocol = protocols.of(exchange.policy());
            this.statedValue = statedValue;
            this.item = new UpstreamItem(
                    exchange.policy(),
                    operation.key(),
                    exchange.targetAt(operation.path()),
                    upstreams.as(exchange.exchange()),
                    ifMatch);
        }

        /** Of an item above the one that the request names. */
        Attempt(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
            this.exchange = exchange;
            this.one = new Try(Try.unconnected().deletionId(), true);
            this.protocol = protocols.of(policy);
            this.statedValue = Optional.empty();
            this.item = UpstreamItem.of(policy, key, upstreams.as(exchange.exchange()));
        }

        /** @param mayLearn whether an item without a tombstone is looked up at the upstream */
        Mono<Answer> restore(boolean mayLearn) {
            return tombstones
                    .claim(item.key(), Tombstone.State.RESTORING, exchange.trace())
                    .flatMap(claim -> switch (claim) {
                        case Claim.Granted granted ->
                            openClaims
                                    .during(granted.tombstone(), item.upstream(), () -> leading(granted.tombstone()))
                                    .flatMap(answer -> followed(answer).defaultIfEmpty(answer));
                        case Claim.Absent absent -> mayLearn ? learn() : Mono.just(notTrashed());
                        case Claim.AlreadyTrashed trashed -> Mono.just(Conflicts.busy());
                        case Claim.Busy busy ->
                            mayLearn
                                    ? isLeftByCaller(busy.tombstone())
                                            .flatMap(his -> his ? learn() : Mono.just(Conflicts.busy()))
                                    : Mono.just(Conflicts.busy());
                        case Claim.OnHold held -> Mono.error(new IllegalStateException("a hold stops no restore"));
                    });
        }

        /** Whether it is a deletion that he asked for, whose snapshot is kept: where he finds the item missing, that took effect. */
        private Mono<Boolean> isLeftByCaller(Tombstone open) {
            return protocol.keepsItem() && open.state() == Tombstone.State.PENDING
                    ? tombstones.bodies().isKeptFor(item.key(), FormerBody.Kind.SNAPSHOT, callers.of(exchange))
                    : Mono.just(false);
        }

        /** What went with it will come back: that is durable before the marker is written. */
        private Mono<Answer> leading(Tombstone claimed) {
            return cascade()
                    .map(follow -> follow.beginRestore(claimed, exchange.trace())
                            .flatMap(begun -> begun ? restore(claimed) : stillTrashing(follow, claimed)))
                    .orElseGet(() -> restore(claimed));
        }

        private Mono<Answer> stillTrashing(Cascades follow, Tombstone claimed) {
            return follow.progress(item.key(), Kind.TRASH)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(progress ->
                            release(claimed, "cascade-in-progress", CascadeAnswers.stillTrashing(progress)));
        }

        /** Waits for what follows. Where the item was not restored after all, nothing does. */
        private Mono<Answer> followed(Answer answer) {
            return Mono.justOrEmpty(cascade())
                    .flatMap(follow -> follow.follow(item.key(), Kind.RESTORE, item.upstream())
                            .filter(progress -> answer.status() == 200)
                            .map(progress -> progress.complete()
                                    ? answer
                                    : CascadeAnswers.restoring(exchange, follow.policies(), progress)));
        }

        private Optional<Cascades> cascade() {
            return item.policy().children().isEmpty() ? Optional.empty() : cascades;
        }

        private Mono<Answer> restore(Tombstone claimed) {
            if (claimed.purgeTime()
                    .filter(time -> !clock.instant().isBefore(time))
                    .isPresent()) {
                return release(claimed, "retention-expired", expired());
            }
            return attempt(claimed, ATTEMPTS)
                    .onErrorResume(UpstreamException.class, e -> settle(claimed, e))
                    .onErrorResume(
                            UnwritableMarkerException.class, e -> release(claimed, "marker-unwritable", unwritable(e)))
                    .onErrorResume(UntouchedException.class, e -> release(claimed, e.code(), e.answer()));
        }

        private Mono<Answer> attempt(Tombstone claimed, int attempts) {
            return protocol.read(item).flatMap(reading -> switch (reading) {
                case Found found -> found.isTrashed() ? write(claimed, found, attempts) : forgotten(claimed, found);
                case ItemReading.Missing missing ->
                    tombstones.forget(claimed, exchange.trace()).thenReturn(UpstreamProblems.asItIs(missing.answer()));
                case ItemReading.Unreadable unreadable ->
                    release(
                            claimed,
                            "item-unreadable",
                            UpstreamProblems.refused(
                                    unreadable.answer(), "item-unreadable", "The item cannot be read."));
            });
        }

        private Mono<Answer> write(Tombstone claimed, Found found, int attempts) {
            return protocol.restore(item, found, statedValue.or(claimed::former))
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(answer -> answer.isEmpty()
                            ? release(claimed, "live-value-unknown", liveValueUnknown())
                            : written(claimed, answer.get(), attempts));
        }

        private Mono<Answer> written(Tombstone claimed, UpstreamAnswer answer, int attempts) {
            if (answer.isSuccess()) {
                return protocol.recreated(item, answer)
                        .map(recreated -> moved(claimed, recreated, answer))
                        .orElseGet(() -> verify(claimed));
            }
            if (answer.status() == 412 && item.ifMatch().isEmpty() && attempts > 1) {
                return attempt(claimed, attempts - 1);
            }
            Answer refused = UpstreamProblems.refused(
                    answer, "marker-write-refused", "The upstream refused the write that restores the item.");
            if (answer.isAnothersDoubt()) {
                return doubt(claimed, refused);
            }
            return answer.status() >= 500
                    ? verify(claimed).filter(result -> result.status() == 200).defaultIfEmpty(refused)
                    : release(claimed, "marker-write-refused " + answer.status(), refused);
        }

        private Mono<Answer> verify(Tombstone claimed) {
            return protocol.read(item).flatMap(reading -> switch (reading) {
                case Found found ->
                    found.isTrashed()
                            ? release(claimed, "marker-not-cleared", notCleared())
                            : forgotten(claimed, found);
                case ItemReading.Missing missing ->
                    tombstones.forget(claimed, exchange.trace()).thenReturn(UpstreamProblems.asItIs(missing.answer()));
                case ItemReading.Unreadable unreadable ->
                    release(
                            claimed,
                            "not verified",
                            UpstreamProblems.refused(
                                    unreadable.answer(), "item-unreadable", "The restored item cannot be read."));
            });
        }

        private Mono<Answer> settle(Tombstone claimed, UpstreamException failure) {
            Answer failed = UpstreamProblems.failed(failure);
            if (failure.neverSent()) {
                return release(claimed, "upstream-unreachable", failed);
            }
            return doubt(claimed, failed);
        }

        /** A write without an answer may still arrive: unless it has, the claim stays until none can be on its way. */
        private Mono<Answer> doubt(Tombstone claimed, Answer otherwise) {
            return protocol.read(item)
                    .flatMap(reading -> reading instanceof Found found && !found.isTrashed()
                            ? forgotten(claimed, found)
                            : Mono.just(otherwise))
                    .onErrorResume(UpstreamException.class, e -> Mono.just(otherwise));
        }

        private Mono<Answer> forgotten(Tombstone claimed, Found found) {
            return Unrecorded.unless(tombstones.forget(claimed, exchange.trace()), "The item is live at the upstream")
                    .thenReturn(restored(found.answer()));
        }

        /** There is nothing to read at the old URL: the upstream's answer is the verification. */
        private Mono<Answer> moved(Tombstone claimed, Recreated recreated, UpstreamAnswer answer) {
            String as = recreated.newId().map(id -> "restored as " + id).orElse("restored under an unknown id");
            return Unrecorded.unless(
                            tombstones.forget(claimed, as, exchange.trace()),
                            "The item was created anew at the upstream")
                    .thenReturn(created(recreated, answer));
        }

        private Answer created(Recreated recreated, UpstreamAnswer answer) {
            Answer item = exchange.forwarding().shown(UpstreamProblems.asItIs(answer));
            return Answer.of(
                    201,
                    headers -> {
                        headers.addAll(item.headers());
                        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                        headers.set(TrashFacts.STATE, "live");
                        headers.remove(HttpHeaders.LOCATION);
                        recreated.newId().ifPresent(id -> headers.set(HttpHeaders.LOCATION, clientPath(id)));
                    },
                    item.body());
        }

        private String clientPath(String newId) {
            ItemKey old = item.key();
            return exchange.clientPathOf(exchange.policy(), new ItemKey(old.resource(), old.parents(), newId));
        }

        private Answer restored(UpstreamAnswer answer) {
            Answer item = exchange.forwarding().shown(UpstreamProblems.asItIs(answer));
            return Answer.of(
                    200,
                    headers -> {
                        headers.addAll(item.headers());
                        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                        headers.set(HttpHeaders.CONTENT_LOCATION, clientPath());
                        headers.set(TrashFacts.STATE, "live");
                    },
                    item.body());
        }

        /** We know of no tombstone, but somebody may have trashed it at the upstream itself. */
        private Mono<Answer> learn() {
            return protocol.read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found ->
                            found.marker() instanceof MarkerReading.Trashed trashed
                                    ? learn(trashed).then(Mono.defer(() -> restore(false)))
                                    : followed(restored(found.answer())).defaultIfEmpty(live(found));
                        case ItemReading.Missing missing -> Mono.just(UpstreamProblems.asItIs(missing.answer()));
                        case ItemReading.Unreadable unreadable ->
                            Mono.just(UpstreamProblems.refused(
                                    unreadable.answer(), "item-unreadable", "The item cannot be read."));
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(UpstreamProblems.failed(e)));
        }

        private Mono<Tombstone> learn(MarkerReading.Trashed trashed) {
            return tombstones.learnTrashed(
                    observed,
                    Deletion.seen(item.policy(), item.key(), trashed.since(), clock.instant(), exchange.trace()));
        }

        private Mono<Answer> release(Tombstone claimed, String reason, Answer answer) {
            return tombstones.release(claimed, reason, exchange.trace()).thenReturn(answer);
        }

        /** It may be this very request that restored it, at a try whose answer got lost. */
        private Answer live(Found found) {
            return one.again() ? restored(found.answer()) : notTrashed();
        }

        private Answer notTrashed() {
            return Conflicts.notTrashed("The item is live; there is nothing to restore.");
        }

        private Answer unwritable(UnwritableMarkerException e) {
            return Answer.problem(Problem.of(
                    502,
                    "marker-unwritable",
                    "The marker cannot be written into the item, which stays in the trash: " + e.getMessage() + "."));
        }

        private Answer expired() {
            return Answer.problem(Problem.of(
                    410, "retention-expired", "The item's retention has ended; it can no longer be restored."));
        }

        private Answer notCleared() {
            return Answer.problem(Problem.of(
                    502,
                    "marker-not-cleared",
                    "The upstream accepted the write that restores the item, but a read afterwards still shows it"
                            + " trashed. It stays in the trash."));
        }

        private Answer liveValueUnknown() {
            return Answer.problem(Problem.of(
                    409,
                    "live-value-unknown",
                    "The item was trashed at the upstream itself, so nobody knows the value it had before. PATCH "
                            + exchange.policy().trash().collection()
                            + "/{id} in the collection with the value that it is to have."));
        }

        private String clientPath() {
            return exchange.clientPathOf(item.policy(), item.key());
        }
    }
}
