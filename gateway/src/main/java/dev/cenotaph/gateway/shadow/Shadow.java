package dev.cenotaph.gateway.shadow;

import dev.cenotaph.gateway.exchange.AnswerTap;
import dev.cenotaph.gateway.exchange.Forwarding;
import dev.cenotaph.gateway.listing.EmbeddedAnswers;
import dev.cenotaph.gateway.listing.EmbeddedTrial;
import dev.cenotaph.gateway.listing.ListLimits;
import dev.cenotaph.gateway.listing.ListTrial;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.EmbeddedMatch;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.match.ResourceMatch;
import dev.cenotaph.policy.operation.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets everything through as it came, and counts what the policy would have done. Never reads a request's body, so that
 * overrides of the method and writes of the marker that stand there go unseen; writes nothing into the store.
 */
public final class Shadow {
    private static final String EMBEDDED = "embedded";

    private final Tombstones tombstones;
    private final ListLimits listLimits;
    private final int peekBytes;
    private final ShadowCounts counts;

    /** @param peekBytes the longest item that is looked at */
    public Shadow(Tombstones tombstones, ListLimits listLimits, int peekBytes, ShadowCounts counts) {
        this.tombstones = tombstones;
        this.listLimits = listLimits;
        this.peekBytes = peekBytes;
        this.counts = counts;
    }

    /** Passes what would have been refused for its path. */
    public Mono<Void> pass(ServerWebExchange exchange, Forwarding forwarding, PathReading.Ambiguous ambiguous) {
        String resource = ambiguous.resource().isEmpty() ? "-" : ambiguous.resource();
        counts.count(resource, "ambiguous", Outcome.REFUSED, line(exchange));
        return forwarding.pass(exchange);
    }

    /** Passes a request that would have been governed. */
    public Mono<Void> pass(
            ServerWebExchange exchange, Forwarding forwarding, ResourceMatch match, Operation operation) {
        return switch (Verdict.of(match, operation, tombstones::isTrashed)) {
            case Verdict.Known known -> {
                count(exchange, match, operation, known.outcome());
                yield forwarding.pass(exchange);
            }
            case Verdict.DeleteTells delete ->
                watched(exchange, forwarding, match, operation, new StatusSight(delete::outcome));
            case Verdict.ItemTells item ->
                watched(
                        exchange,
                        forwarding,
                        match,
                        operation,
                        new ItemSight(
                                match.policy(),
                                item.scope(),
                                exchange.getRequest().getMethod(),
                                peekBytes));
            case Verdict.ListTells list ->
                watched(
                        exchange,
                        forwarding,
                        match,
                        operation,
                        new ListSight(
                                new ListTrial(match.policy(), list.list(), tombstones, listLimits),
                                rows -> counts.stripped(match.policy().name(), rows)));
        };
    }

    /** The way of a request whose answer would have been rid of items that resources in the mode {@code shadow} have in it. */
    public Forwarding watching(ServerWebExchange exchange, Forwarding forwarding, List<EmbeddedMatch> embedded) {
        if (embedded.isEmpty() || !EmbeddedAnswers.mayShow(exchange)) {
            return forwarding;
        }
        var byResource = new LinkedHashMap<String, List<EmbeddedMatch>>();
        embedded.forEach(match -> byResource
                .computeIfAbsent(match.policy().name(), name -> new ArrayList<>())
                .add(match));
        Forwarding watched = forwarding;
        for (Map.Entry<String, List<EmbeddedMatch>> each : byResource.entrySet()) {
            watched = new Watched(watched, embedded(exchange, each.getKey(), each.getValue()));
        }
        return watched;
    }

    private AnswerTap embedded(ServerWebExchange exchange, String resource, List<EmbeddedMatch> embedded) {
        var sight = new ListSight(
                new EmbeddedTrial(exchange.getRequest().getMethod().name(), embedded, tombstones, listLimits),
                answers -> {});
        return (response, body) -> sight.watch(response, body)
                .doFinally(end -> counts.count(resource, EMBEDDED, sight.outcome(), line(exchange)));
    }

    private Mono<Void> watched(
            ServerWebExchange exchange, Forwarding forwarding, ResourceMatch match, Operation operation, Sight sight) {
        var counted = new AtomicBoolean();
        // The chain is through before the answer's body is; what breaks before has none.
        Runnable once = () -> {
            if (counted.compareAndSet(false, true)) {
                count(exchange, match, operation, sight.outcome());
            }
        };
        AnswerTap tap = (response, body) -> sight.watch(response, body).doFinally(end -> once.run());
        return forwarding.pass(exchange, tap).doOnError(failure -> once.run()).doOnCancel(once);
    }

    private void count(ServerWebExchange exchange, ResourceMatch match, Operation operation, Outcome outcome) {
        counts.count(match.policy().name(), name(operation), outcome, line(exchange));
    }

    private static String line(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        return request.getMethod().name() + " " + request.getURI().getRawPath();
    }

    private static String name(Operation operation) {
        return switch (operation) {
            case Operation.Preflight preflight -> "preflight";
            case Operation.Pass pass -> "pass";
            case Operation.ReadItem read -> "read-item";
            case Operation.ReadList list -> "read-list";
            case Operation.ReadTrash trash -> "read-trash";
            case Operation.ReadTrashedItem item -> "read-trashed-item";
            case Operation.WriteItem write -> "write-item";
            case Operation.Create create -> "create";
            case Operation.SoftDelete delete -> "soft-delete";
            case Operation.PermanentDelete delete -> "permanent-delete";
            case Operation.Restore restore -> "restore";
            case Operation.ChangeMany many -> "change-many";
            case Operation.Job job -> "job";
            case Operation.ReadSnapshots read -> "read-snapshots";
            case Operation.ReadRevisions read -> "read-revisions";
            case Operation.ReadRevision read -> "read-revision";
            case Operation.MakeCurrent make -> "make-current";
            case Operation.Refused refused -> "refused";
        };
    }
}
