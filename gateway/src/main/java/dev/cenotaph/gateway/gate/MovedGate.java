package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Marker.Recreate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Sends on who asks for an item that a restore gave another id: 308, whatever the method (RFC 9110 §15.4.9). Who may not know of
 * the item by its new id is not sent there.
 */
public final class MovedGate {
    private static final int MOST_MOVES = 32;

    private final Tombstones tombstones;
    private final Disclosure disclosure;

    public MovedGate(Tombstones tombstones, Disclosure disclosure) {
        this.tombstones = tombstones;
        this.disclosure = disclosure;
    }

    /** Goes on where the item has the id that it is asked for by. */
    public Mono<Void> open(GovernedExchange exchange, Supplier<Mono<Void>> next) {
        Optional<ItemKey> key =
                givesOtherIds(exchange.policy()) ? key(exchange.match().target()) : Optional.empty();
        if (key.isEmpty() || tombstones.isTrashed(key.get())) {
            return next.get();
        }
        return now(exchange, key.get())
                .map(now -> moved(exchange, key.get(), now))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(moved -> moved.map(answer -> Answers.write(exchange.exchange(), answer))
                        .orElseGet(next));
    }

    /** What a request for many items is told of one that got another id; empty where it has the id that it is named by. */
    public Mono<Answer> ofOne(GovernedExchange exchange, ItemKey key) {
        return givesOtherIds(exchange.policy()) && !tombstones.isTrashed(key)
                ? now(exchange, key).map(now -> movedRow(exchange, now))
                : Mono.empty();
    }

    /** The end of its way: an item may have been restored more than once. */
    private Mono<ItemKey> now(GovernedExchange exchange, ItemKey key) {
        return moved(key)
                .expand(now -> tombstones.isTrashed(now) ? Mono.empty() : moved(now))
                .take(MOST_MOVES)
                .takeLast(1)
                .next()
                .filterWhen(now -> disclosure.mayKnow(exchange, exchange.policy(), now));
    }

    private Mono<ItemKey> moved(ItemKey key) {
        return tombstones.recreations().newId(key).map(newId -> new ItemKey(key.resource(), key.parents(), newId));
    }

    private static Answer movedRow(GovernedExchange exchange, ItemKey now) {
        String to = exchange.clientPathOf(exchange.policy(), now);
        return Answer.problem(
                Problem.of(308, "moved", "The item was restored under another id.")
                        .with("id", now.id())
                        .with("location", to),
                headers -> headers.set(HttpHeaders.LOCATION, to));
    }

    private static boolean givesOtherIds(ResourcePolicy policy) {
        return policy.marker() instanceof Marker.Snapshot snapshot && snapshot.recreate() == Recreate.POST;
    }

    private static Optional<ItemKey> key(Target target) {
        return switch (target) {
            case Target.Item item -> Optional.of(item.key());
            case Target.Restore restore -> Optional.of(restore.key());
            case Target.Collection collection -> Optional.empty();
            case Target.BelowItem below -> Optional.empty();
            case Target.Unlink unlink -> Optional.empty();
            case Target.BelowCollection below -> Optional.empty();
            case Target.TrashCollection trash -> Optional.empty();
            case Target.TrashItem item -> Optional.empty();
            case Target.Snapshots snapshots -> Optional.empty();
            case Target.Revisions revisions -> Optional.of(revisions.key());
            case Target.Revision revision -> Optional.of(revision.key());
            case Target.Many many -> Optional.empty();
            case Target.ManyJob job -> Optional.empty();
            case Target.Shown shown -> Optional.empty();
        };
    }

    private static Answer moved(GovernedExchange exchange, ItemKey old, ItemKey now) {
        String from = exchange.clientPathOf(exchange.policy(), old);
        String to = exchange.clientPathOf(exchange.policy(), now);
        String path = exchange.clientPath();
        String rest = path.startsWith(from) ? path.substring(from.length()) : "";
        String query = exchange.exchange().getRequest().getURI().getRawQuery();
        return Answer.empty(308, headers -> {
            headers.set(HttpHeaders.LOCATION, to + rest + (query == null ? "" : "?" + query));
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        });
    }
}
