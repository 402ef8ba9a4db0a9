package dev.cenotaph.gateway.reveal;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Callers;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.match.ResourceMatch.Above;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Told;
import dev.cenotaph.policy.operation.TrashScope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import reactor.core.publisher.Mono;

/**
 * Stands before every handler: whatever an answer might tell of the trash, a caller whom the upstream would not have shown
 * the item gets the upstream's words instead. What is asked is the item's own GET, with the caller's credentials.
 */
public final class Disclosure {
    private final Tombstones tombstones;
    private final UpstreamClient upstreams;
    private final Callers identities;
    private final KnownCallers callers;

    /**
     * A disclosure.
     *
     * @param identities by which who deleted what is known again
     * @param credentialHeaders which headers say who a caller is, for {@link Reveal#KNOWN_CALLER}
     * @param remembered for how long a caller is known
     * @param most how many callers are known at once
     */
    public Disclosure(
            Tombstones tombstones,
            UpstreamClient upstreams,
            Callers identities,
            List<String> credentialHeaders,
            Duration remembered,
            long most) {
        this.tombstones = tombstones;
        this.upstreams = upstreams;
        this.identities = identities;
        this.callers = new KnownCallers(credentialHeaders, remembered, most, Ticker.systemTicker());
    }

    /** Goes on where the caller may be told; otherwise he gets what the upstream says. */
    public Mono<Void> guard(GovernedExchange exchange, Operation operation, Supplier<Mono<Void>> next) {
        if (exchange.match().revealsToAnybody()) {
            return next.get();
        }
        if (exchange.policy().reveal() == Reveal.KNOWN_CALLER) {
            learn(exchange, operation);
        }
        return refusal(exchange, operation)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(refusal -> refusal.map(answer -> Answers.write(exchange.exchange(), answer))
                        .orElseGet(next));
    }

    /** What the caller is told instead of the answer to the operation; empty where he may have that. */
    public Mono<Answer> refusal(GovernedExchange exchange, Operation operation) {
        if (exchange.match().revealsToAnybody()) {
            return Mono.empty();
        }
        Optional<Above> above = Told.tellsOfAncestors(operation) ? trashedAbove(exchange.match()) : Optional.empty();
        Mono<Answer> ofAbove = Mono.justOrEmpty(above)
                .flatMap(item -> refusal(exchange, item.policy(), item.key()))
                .map(answer -> isShown(answer) ? notFree() : answer);
        return ofAbove.switchIfEmpty(Mono.defer(() -> ofTarget(exchange, operation)));
    }

    /** Whether the caller may be told that an item is trashed. */
    public Mono<Boolean> mayKnow(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return policy.reveal() == Reveal.VERIFIED && liesWithUs(policy, key)
                ? deleted(exchange, policy, key)
                : refusal(exchange, policy, key).hasElement().map(refused -> !refused);
    }

    private Mono<Answer> refusal(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return refusal(exchange, policy, key, urlOf(exchange, policy, key.path(policy, policy.item())));
    }

    private Mono<Answer> ofTarget(GovernedExchange exchange, Operation operation) {
        ResourcePolicy policy = exchange.policy();
        return switch (Told.by(exchange.match(), operation, exchange.target().getRawPath(), mayBeTrashed(policy))) {
            case Told.Nothing nothing -> Mono.empty();
            case Told.OfItem item ->
                refusal(exchange, policy, item.key(), exchange.targetAt(item.path()))
                        .map(answer -> isShown(answer) ? ofAnother(operation, answer) : answer)
                        .map(answer -> item.missingIsFine() && (answer.status() == 404 || answer.status() == 410)
                                ? Answer.empty(204, headers -> {})
                                : answer);
            case Told.OfCollection collection -> ofCollection(exchange, policy, collection.parents());
        };
    }

    /** What is kept by us alone shows in no body: where memory may be wrong, it may be trashed for all that we know. */
    private Predicate<ItemKey> mayBeTrashed(ResourcePolicy policy) {
        return keepsItems(policy) ? key -> tombstones.isTrashed(key) || !tombstones.isCurrent() : tombstones::isTrashed;
    }

    /** What the upstream says of an item, where the caller may not know; a success where it shows him another one. */
    private Mono<Answer> refusal(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, URI url) {
        return switch (policy.reveal()) {
            case ALWAYS -> Mono.empty();
            case VERIFIED ->
                keepsItems(policy) ? unlessDeleted(exchange, policy, key, url) : asked(exchange, url, shown -> {});
            case KNOWN_CALLER ->
                callers.hasRead(exchange, key) ? Mono.empty() : unlessKnown(exchange, policy, key, url);
        };
    }

    private Mono<Answer> unlessKnown(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, URI url) {
        Mono<Answer> asked = Mono.defer(() -> asked(exchange, lasting(exchange, policy, key, url), shown -> {
            if (shown) {
                callers.read(exchange, key);
            }
        }));
        return liesWithUs(policy, key)
                ? deleted(exchange, policy, key).flatMap(his -> his ? Mono.empty() : asked)
                : asked;
    }

    /**
     * Of an item that is kept by us alone the upstream says to everybody that it is missing. Who deleted it may know, and
     * nobody else; whom the upstream answers anything else is told that.
     */
    private Mono<Answer> unlessDeleted(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, URI url) {
        return words(exchange, url, liesWithUs(policy, key)).flatMap(answer -> {
            if (isShown(answer) && !liesWithUs(policy, key)) {
                return Mono.empty();
            }
            return isShown(answer) || isMissing(answer)
                    ? deleted(exchange, policy, key).flatMap(his -> his ? Mono.empty() : Mono.just(answer))
                    : Mono.just(answer);
        });
    }

    /** Whether the item was trashed by this caller, or he comes with the gateway's own credentials. */
    private Mono<Boolean> deleted(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return upstreams.isOwn(policy.upstream(), exchange.exchange())
                ? Mono.just(true)
                : tombstones.bodies().isKeptFor(key, Kind.SNAPSHOT, identities.of(exchange));
    }

    /** What a caller is told who is shown an item where another's lies in the trash: what a live item would tell him. */
    private static Answer ofAnother(Operation operation, Answer shown) {
        return switch (operation) {
            case Operation.ReadItem read -> read.scope() == TrashScope.ONLY ? Conflicts.notInTrash() : shown;
            case Operation.ReadTrashedItem read -> Conflicts.notInTrash();
            case Operation.ReadSnapshots read -> Conflicts.notInTrash();
            case Operation.Restore restore -> Conflicts.notTrashed("The item is live; there is nothing to restore.");
            case Operation.Preflight preflight -> notFree();
            case Operation.Pass pass -> notFree();
            case Operation.ReadList list -> notFree();
            case Operation.ReadTrash trash -> notFree();
            case Operation.WriteItem write -> notFree();
            case Operation.Create create -> notFree();
            case Operation.SoftDelete delete -> notFree();
            case Operation.PermanentDelete delete -> notFree();
            case Operation.ChangeMany many -> notFree();
            case Operation.Job job -> notFree();
            case Operation.ReadRevisions read -> notFree();
            case Operation.ReadRevision read -> notFree();
            case Operation.MakeCurrent make -> notFree();
            case Operation.Refused refused -> notFree();
        };
    }

    private static Answer notFree() {
        return Answer.problem(Problem.of(
                409, "id-not-free", "The item cannot be changed through the gateway: its id was another item's."));
    }

    private static boolean isShown(Answer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    private static boolean isMissing(Answer answer) {
        return answer.status() == 404 || answer.status() == 410;
    }

    private static boolean keepsItems(ResourcePolicy policy) {
        return policy.marker() instanceof Marker.Snapshot;
    }

    private boolean liesWithUs(ResourcePolicy policy, ItemKey key) {
        return keepsItems(policy) && tombstones.isTrashed(key);
    }

    /** Of an item that is kept by us alone the upstream knows nothing any more: who may read its collection may know. */
    private URI lasting(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, URI url) {
        return liesWithUs(policy, key) ? urlOf(exchange, policy, collection(policy, key.parents())) : url;
    }

    private static String collection(ResourcePolicy policy, List<String> parents) {
        return policy.path()
                .expand(name -> parents.get(policy.path().variables().indexOf(name)));
    }

    /** The trash is told to who may list. Which rows of it he may see is asked row by row, where that is verified. */
    private Mono<Answer> ofCollection(GovernedExchange exchange, ResourcePolicy policy, List<String> parents) {
        URI url = exchange.targetAt(collection(policy, parents));
        return switch (policy.reveal()) {
            case ALWAYS -> Mono.empty();
            case VERIFIED -> asked(exchange, url, shown -> {});
            case KNOWN_CALLER ->
                callers.hasRead(exchange, policy.name(), parents)
                        ? Mono.empty()
                        : asked(exchange, url, shown -> {
                            if (shown) {
                                callers.read(exchange, policy.name(), parents);
                            }
                        });
        };
    }

    /** Empty where the upstream shows it. Whatever else it answers, the caller gets. */
    private Mono<Answer> asked(GovernedExchange exchange, URI url, Consumer<Boolean> heard) {
        return send(exchange, url)
                .doOnNext(answer -> heard.accept(answer.isSuccess()))
                .filter(answer -> !answer.isSuccess())
                .map(UpstreamProblems::asItIs)
                .onErrorResume(UpstreamException.class, Disclosure::unanswered);
    }

    /** Whatever the upstream answers; empty where that is an item too long for us to read, and no other item is trashed. */
    private Mono<Answer> words(GovernedExchange exchange, URI url, boolean anotherIsTrashed) {
        return send(exchange, url)
                .map(UpstreamProblems::asItIs)
                .onErrorResume(
                        UpstreamException.class,
                        failure ->
                                anotherIsTrashed ? Mono.just(UpstreamProblems.failed(failure)) : unanswered(failure));
    }

    private Mono<UpstreamAnswer> send(GovernedExchange exchange, URI url) {
        UpstreamRequest get = exchange.header(HttpHeaders.ACCEPT)
                .map(accept -> UpstreamRequest.get(url).with(HttpHeaders.ACCEPT, accept))
                .orElseGet(() -> UpstreamRequest.get(url));
        return upstreams.as(exchange.exchange()).send(get);
    }

    /** An item that is too long for us to read was shown. */
    private static Mono<Answer> unanswered(UpstreamException failure) {
        return failure.kind() == UpstreamException.Kind.TOO_LARGE
                ? Mono.empty()
                : Mono.just(UpstreamProblems.failed(failure));
    }

    /** What the caller is shown by the upstream on his way past us. */
    private void learn(GovernedExchange exchange, Operation operation) {
        if (operation instanceof Operation.ReadItem read) {
            onceAnswered(
                    exchange, () -> callers.read(exchange, read.key()), () -> callers.refused(exchange, read.key()));
        } else if (operation instanceof Operation.ReadList list
                && exchange.match().target() instanceof Target.Collection) {
            String resource = exchange.policy().name();
            onceAnswered(
                    exchange,
                    () -> callers.read(exchange, resource, list.parents()),
                    () -> callers.refused(exchange, resource, list.parents()));
        }
    }

    private static void onceAnswered(GovernedExchange exchange, Runnable shown, Runnable refused) {
        exchange.exchange()
                .getResponse()
                .beforeCommit(() -> Mono.fromRunnable(() -> {
                    HttpStatusCode status = exchange.exchange().getResponse().getStatusCode();
                    if (status != null && status.is2xxSuccessful()) {
                        shown.run();
                    } else if (status != null && (status.value() == 401 || status.value() == 403)) {
                        refused.run();
                    }
                }));
    }

    private Optional<Above> trashedAbove(ResourceMatch match) {
        return match.above().stream()
                .filter(above -> tombstones.isTrashed(above.key()))
                .findFirst();
    }

    /** An item above may lie at another upstream. */
    private static URI urlOf(GovernedExchange exchange, ResourcePolicy policy, String path) {
        return policy.upstream().equals(exchange.policy().upstream())
                ? exchange.targetAt(path)
                : URI.create(policy.upstream() + path);
    }
}
