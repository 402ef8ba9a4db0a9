package dev.cenotaph.gateway.listing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.Lessons;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Reads of many items: the upstream's answer, without the rows that the caller did not ask to see. */
public final class ListReading {
    private final Tombstones tombstones;
    private final Lessons lessons;
    private final UpstreamClient upstreams;
    private final ListLimits limits;
    private final PageLimits pageLimits;
    private final Clock clock;
    private final KeptRows kept;

    // Weak keys compare by identity, which is what a policy is known by.
    private final LoadingCache<ResourcePolicy, ConcurrentMap<Place, Rows>> compiled =
            Caffeine.newBuilder().weakKeys().build(policy -> new ConcurrentHashMap<>());

    public ListReading(
            Tombstones tombstones,
            Disclosure disclosure,
            Lessons lessons,
            UpstreamClient upstreams,
            ListLimits limits,
            PageLimits pageLimits,
            Clock clock) {
        this.tombstones = tombstones;
        this.lessons = lessons;
        this.upstreams = upstreams;
        this.limits = limits;
        this.pageLimits = pageLimits;
        this.clock = clock;
        this.kept = new KeptRows(tombstones, disclosure, limits);
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.ReadList operation) {
        if (exchange.policy().marker() instanceof Marker.Snapshot) {
            return kept.handle(exchange, operation);
        }
        if (operation.scope() == TrashScope.INCLUDE) {
            return exchange.forward(headers -> {}, (response, body) -> {
                response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                return response.writeWith(body);
            });
        }
        ResourcePolicy policy = exchange.policy();
        Rows rows = compiled.get(policy).computeIfAbsent(operation.row(), row -> Rows.of(policy, row));
        Rows.Scope scope = operation.scope() == TrashScope.ONLY ? Rows.Scope.ONLY : Rows.Scope.EXCLUDE;
        boolean parentsAreKnown =
                operation.parents().size() == policy.path().variables().size();
        Rows known = parentsAreKnown ? rows : rows.ofUnknownParents();
        AnswerIndex index = index(exchange, operation);
        if (!policy.list().pages().areAsTheyCome()) {
            var pageRows =
                    new PageRows(known, scope, operation.items(), limits.itemBytes(), () -> index(exchange, operation));
            return paged(exchange, operation, pageRows, index);
        }
        RowJudge judge = known.judge(scope, index);
        return exchange.forward(
                headers -> asFilterable(headers, policy),
                (response, body) -> new FilteredAnswer(exchange, operation, judge, limits).write(response, body));
    }

    private Mono<Void> paged(
            GovernedExchange exchange, Operation.ReadList operation, PageRows rows, AnswerIndex index) {
        var pages = new FurtherPages(exchange, upstreams, rows, pageLimits);
        return exchange.forward(
                headers -> asFilterable(headers, exchange.policy()),
                (response, body) -> new PagedAnswer(exchange, operation, tombstones, rows, pages, limits, pageLimits)
                        .write(response, body, index));
    }

    private AnswerIndex index(GovernedExchange exchange, Operation.ReadList operation) {
        return new AnswerIndex(exchange, operation.parents(), tombstones, lessons, clock);
    }

    /** What is filtered has to come whole and plain. */
    private void asFilterable(HttpHeaders headers, ResourcePolicy policy) {
        headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
        headers.remove(HttpHeaders.RANGE);
        headers.remove(HttpHeaders.IF_RANGE);
        if (tombstones.anyTrashed(policy.name()) || policy.marker() instanceof Marker.ExtensionResource) {
            // Where the marker does not show, the upstream's list stays the same when an item is trashed: its 304 would
            // confirm a copy that still has the item.
            headers.remove(HttpHeaders.IF_NONE_MATCH);
            headers.remove(HttpHeaders.IF_MODIFIED_SINCE);
        }
    }
}
