package dev.cenotaph.gateway.reveal;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.tombstone.Tombstones;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final KnownCallers callers;

    /**
     * A disclosure.
     *
     * @param credentialHeaders which headers say who a caller is, for {@link Reveal#KNOWN_CALLER}
     * @param remembered for how long a caller is known
     * @param most how many callers are known at once
     */
    public Disclosure(
            Tombstones tombstones,
            UpstreamClient upstreams,
            List<String> credentialHeaders,
            Duration remembered,
            long most) {
        this.tombstones = tombstones;
        this.upstreams = upstreams;
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
        Mono<Answer> ofAbove = Mono.justOrEmpty(above).flatMap(item -> refusal(exchange, item.policy(), item.key()));
        return ofAbove.switchIfEmpty(Mono.defer(() -> ofTarget(exchange, operation)));
    }

    /** What the caller is told of an item instead of its being trashed; empty where he may know. */
    public Mono<Answer> refusal(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return refusal(exchange, policy, key, urlOf(exchange, policy, key.path(policy, policy.item())));
    }

    /** Whether the caller may be told that an item is trashed. */
    public Mono<Boolean> mayKnow(GovernedExchange exchange, ResourcePolicy policy, ItemKey key) {
        return refusal(exchange, policy, key).hasElement().map(refused -> !refused);
    }

    private Mono<Answer> ofTarget(GovernedExchange exchange, Operation operation) {
        ResourcePolicy policy = exchange.policy();
        return switch (Told.by(exchange.match(), operation, exchange.target().getRawPath(), tombstones::isTrashed)) {
            case Told.Nothing nothing -> Mono.empty();
            case Told.OfItem item ->
                refusal(exchange, policy, item.key(), exchange.targetAt(item.path()))
                        .map(answer -> item.missingIsFine() && (answer.status() == 404 || answer.status() == 410)
                                ? Answer.empty(204, headers -> {})
                                : answer);
            case Told.OfCollection collection -> ofCollection(exchange, policy, collection.parents());
        };
    }

    private Mono<Answer> refusal(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, URI url) {
        return switch (policy.reveal()) {
            case ALWAYS -> Mono.empty();
            case VERIFIED -> asked(exchange, lasting(exchange, policy, key, url), shown -> {});
            case KNOWN_CALLER ->
                callers.hasRead(exchange, key)
                        ? Mono.empty()
                        : asked(exchange, lasting(exchange, policy, key, url), shown -> {
                            if (shown) {
                                callers.read(exchange, key);
                            }
                        });
        };
    }

    /** Of an item that is kept by us alone the upstream knows nothing any more: who may read its collection may know. */
    private URI lasting(GovernedExchange exchange, ResourcePolicy policy, ItemKey key, URI url) {
        return policy.marker() instanceof Marker.Snapshot && tombstones.isTrashed(key)
                ? urlOf(exchange, policy, collection(policy, key.parents()))
                : url;
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
        UpstreamRequest get = exchange.header(HttpHeaders.ACCEPT)
                .map(accept -> UpstreamRequest.get(url).with(HttpHeaders.ACCEPT, accept))
                .orElseGet(() -> UpstreamRequest.get(url));
        return upstreams
                .as(exchange.exchange())
                .send(get)
                .doOnNext(answer -> heard.accept(answer.isSuccess()))
                .filter(answer -> !answer.isSuccess())
                .map(UpstreamProblems::asItIs)
                .onErrorResume(UpstreamException.class, Disclosure::unanswered);
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
