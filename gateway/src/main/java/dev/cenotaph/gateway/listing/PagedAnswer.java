package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.Pages;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import dev.cenotaph.policy.paging.PageFilling;
import dev.cenotaph.policy.paging.PageFilling.Extent;
import dev.cenotaph.policy.paging.PageSeal;
import dev.cenotaph.policy.paging.PageTotals;
import dev.cenotaph.policy.paging.RawQuery;
import dev.cenotaph.policy.paging.Resumption;
import dev.cenotaph.policy.paging.SeenPage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One list answer whose policy has its totals corrected, or its pages filled: held to its end, and made anew. */
final class PagedAnswer {
    private final GovernedExchange exchange;
    private final Operation.ReadList operation;
    private final Tombstones tombstones;
    private final PageRows rows;
    private final FurtherPages further;
    private final ListLimits limits;
    private final PageLimits pageLimits;
    private final Listing policy;

    PagedAnswer(
            GovernedExchange exchange,
            Operation.ReadList operation,
            Tombstones tombstones,
            PageRows rows,
            FurtherPages further,
            ListLimits limits,
            PageLimits pageLimits) {
        this.exchange = exchange;
        this.operation = operation;
        this.tombstones = tombstones;
        this.rows = rows;
        this.further = further;
        this.limits = limits;
        this.pageLimits = pageLimits;
        this.policy = exchange.policy().list();
    }

    Mono<Void> write(ServerHttpResponse response, Flux<? extends DataBuffer> body, AnswerIndex index) {
        if (exchange.isHead() || isNotModified(response)) {
            return hidden(index, 0)
                    .doOnNext(hidden -> set(
                            response.getHeaders(),
                            PageTotals.withoutRows(spots(), hidden).headers(response.getHeaders()::getOrEmpty)))
                    .then(Mono.defer(() -> response.writeWith(body)));
        }
        int skip = operation.turn().resumption().map(Resumption::skip).orElse(0);
        var unpaged = new FilteredAnswer(exchange, operation, rows.judge(index, skip), limits);
        if (FilteredAnswer.hasNoRows(response)
                || FilteredAnswer.obstacle(response, policy).isPresent()) {
            return unpaged.write(response, body);
        }
        if (operation.scope().showsTrashed()) {
            response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "private, no-store");
        }
        Flux<DataBuffer> paged = paged(response, body, index, unpaged);
        return response.writeWith(isHeldToItsEnd(response.getHeaders()) ? paged.singleOrEmpty() : paged)
                .onErrorResume(UnfilterableListException.class, e -> unpaged.failed(response, e));
    }

    private static boolean isNotModified(ServerHttpResponse response) {
        return response.getStatusCode() != null && response.getStatusCode().isSameCodeAs(HttpStatus.NOT_MODIFIED);
    }

    private boolean isHeldToItsEnd(HttpHeaders headers) {
        long length = headers.getContentLength();
        return ContentCoding.isIdentity(headers) && length >= 0 && length <= pageLimits.bytes();
    }

    private Flux<DataBuffer> paged(
            ServerHttpResponse response, Flux<? extends DataBuffer> body, AnswerIndex index, FilteredAnswer unpaged) {
        return Flux.defer(() -> {
            var held = new HeldPage(
                    pageLimits.bytes(),
                    ContentCoding.isIdentity(response.getHeaders()),
                    Decoder.of(response.getHeaders(), limits),
                    () -> tooLong(response, unpaged));
            return limits.deadline()
                    .within(body)
                    .<List<ByteBuffer>>handle((buffer, sink) ->
                            held.feed(FilteredAnswer.bytes(buffer)).ifPresent(sink::next))
                    .concatWith(Mono.defer(() -> held.stream()
                            .map(stream -> Mono.justOrEmpty(stream.finish()))
                            .orElseGet(() -> made(response, held, index))))
                    .map(slices -> FilteredAnswer.joined(response.bufferFactory(), slices))
                    .doFinally(end -> held.close());
        });
    }

    /** A count that stands somewhere in a body that is not held cannot be made right. */
    private ListStream tooLong(ServerHttpResponse response, FilteredAnswer unpaged) {
        boolean counted = spots().stream().anyMatch(Pages.Spot.InBody.class::isInstance);
        if (counted && policy.onUnfilterable() == OnUnfilterable.FAIL) {
            throw new UnfilterableListException("it tells its total, and is longer than cenotaph.limits.list-page ("
                    + pageLimits.bytes() + " bytes)");
        }
        var dropped = PageTotals.withoutRows(spots(), Optional.empty());
        set(response.getHeaders(), dropped.headers(response.getHeaders()::getOrEmpty));
        return unpaged.stream(response);
    }

    private Mono<List<ByteBuffer>> made(ServerHttpResponse response, HeldPage held, AnswerIndex index) {
        byte[] body = held.body();
        FilteredPage page;
        try {
            page = rows.first(body, index, operation.turn().resumption());
        } catch (UnfilterableListException e) {
            return policy.onUnfilterable() == OnUnfilterable.PASS ? Mono.just(held.asItCame(body)) : Mono.error(e);
        }
        return filled(response, page, body)
                .flatMap(filling -> hidden(index, page.trashed())
                        .flatMap(hidden -> Mono.justOrEmpty(finished(response, held, body, page, filling, hidden))));
    }

    private Mono<Optional<PageFilling>> filled(ServerHttpResponse response, FilteredPage page, byte[] body) {
        Extent extent = operation.turn().extent();
        if (extent == Extent.NONE) {
            return Mono.just(Optional.empty());
        }
        // The headers change before the filling ends.
        HttpHeaders received = HttpHeaders.copyOf(response.getHeaders());
        var query = RawQuery.of(Optional.ofNullable(exchange.target().getRawQuery()));
        var first = new SeenPage(query, page.rows(), body, received::getOrEmpty);
        var paths = List.of(exchange.target().getRawPath(), exchange.clientPath());
        boolean trash = tombstones.anyTrashed(exchange.policy().name());
        var seal = new PageSeal(exchange.policy().name(), operation.parents());
        var filling = new PageFilling(policy, extent, seal, paths, rows::id, first, page.skipped(), trash);
        return further.fill(filling, body.length).map(Optional::of);
    }

    /** Empty where the client has it already. */
    private Optional<List<ByteBuffer>> finished(
            ServerHttpResponse response,
            HeldPage held,
            byte[] body,
            FilteredPage page,
            Optional<PageFilling> filling,
            Optional<Long> hidden) {
        JsonDocument left = JsonDocument.of(page.bytes());
        PageTotals totals = totals(page, hidden);
        JsonDocument remade = totals.in(filling.map(it -> it.body(left)).orElse(left));
        HttpHeaders headers = response.getHeaders();
        filling.ifPresent(it -> set(headers, it.headers()));
        set(headers, totals.headers(headers::getOrEmpty));
        var listHeaders = new ListHeaders(response, exchange.headers(HttpHeaders.IF_NONE_MATCH));
        if (page.isWhole() && remade == left) {
            return listHeaders.unfiltered() ? Optional.of(held.asItCame(body)) : Optional.empty();
        }
        List<ByteBuffer> bytes = List.of(ByteBuffer.wrap(remade.bytes()));
        return listHeaders.filtered(bytes) ? Optional.of(bytes) : Optional.empty();
    }

    private PageTotals totals(FilteredPage page, Optional<Long> hidden) {
        return policy.pages().totals() == Pages.Totals.DROP
                ? PageTotals.withoutRows(spots(), Optional.empty())
                : new PageTotals(spots(), hidden, page.rows().size(), page.visible());
    }

    /**
     * How many of the items that the upstream counts nobody may see; empty where nobody knows for certain.
     *
     * @param trashed how many rows of this page are
     */
    private Mono<Optional<Long>> hidden(AnswerIndex index, int trashed) {
        if (spots().isEmpty() || policy.pages().totals() == Pages.Totals.DROP) {
            return Mono.just(Optional.empty());
        }
        if (operation.turn().countsNoTrash()) {
            return Mono.just(trashed == 0 ? Optional.of(0L) : Optional.empty());
        }
        if (!operation.turn().countsAll() || operation.scope() != TrashScope.EXCLUDE || index.surprised()) {
            return Mono.just(Optional.empty());
        }
        return tombstones
                .count(exchange.policy().name(), operation.parents())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .onErrorReturn(StoreUnavailableException.class, Optional.empty());
    }

    private List<Pages.Spot> spots() {
        return policy.pages().total();
    }

    private static void set(HttpHeaders headers, Map<String, List<String>> changed) {
        changed.forEach((name, values) -> {
            if (values.isEmpty()) {
                headers.remove(name);
            } else {
                headers.put(name, values);
            }
        });
    }
}
