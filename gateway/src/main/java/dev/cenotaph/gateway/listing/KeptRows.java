package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.BrokenBodyException;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.TombstonePage;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Listing.Next;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.MisplacedJsonException;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists of a resource whose trash lies with us alone. The upstream's lists have none of it and pass as they are; who asks
 * for trash gets it at the end of the last page.
 */
final class KeptRows {
    private static final int MOST = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(KeptRows.class);
    private static final Pattern LINK_TO_NEXT = Pattern.compile("(?i);\\s*rel\\s*=\\s*\"?([^\";,]*\\s)?next[\\s\";,]?");

    private final Tombstones tombstones;
    private final Disclosure disclosure;
    private final ListLimits limits;

    KeptRows(Tombstones tombstones, Disclosure disclosure, ListLimits limits) {
        this.tombstones = tombstones;
        this.disclosure = disclosure;
        this.limits = limits;
    }

    Mono<Void> handle(GovernedExchange exchange, Operation.ReadList operation) {
        if (operation.scope() == TrashScope.EXCLUDE) {
            return exchange.forward();
        }
        if (operation.parents().size() != exchange.policy().path().variables().size()) {
            return Answers.write(exchange.exchange(), notHere());
        }
        return exchange.forward(KeptRows::whole, (response, body) -> write(exchange, operation, response, body));
    }

    private static void whole(HttpHeaders headers) {
        headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
        headers.remove(HttpHeaders.RANGE);
        headers.remove(HttpHeaders.IF_RANGE);
        headers.remove(HttpHeaders.IF_NONE_MATCH);
        headers.remove(HttpHeaders.IF_MODIFIED_SINCE);
    }

    private Mono<Void> write(
            GovernedExchange exchange,
            Operation.ReadList operation,
            ServerHttpResponse response,
            Flux<? extends DataBuffer> body) {
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "private, no-store");
        if (FilteredAnswer.hasNoRows(response)) {
            return response.writeWith(body);
        }
        Mono<DataBuffer> page = DataBufferUtils.join(limits.deadline().within(body), limits.heldBytes())
                .map(KeptRows::bytes)
                .flatMap(bytes -> withTrash(exchange, operation, response, bytes))
                .map(bytes -> shown(response, bytes));
        return response.writeWith(page)
                .onErrorMap(DataBufferLimitException.class, e -> new Failure(tooMuch()))
                .onErrorMap(MalformedJsonException.class, e -> new Failure(noList()))
                .onErrorMap(MisplacedJsonException.class, e -> new Failure(noList()))
                .onErrorResume(
                        Failure.class, failure -> Answers.replace(exchange.exchange(), response, failure.answer()));
    }

    private static DataBuffer shown(ServerHttpResponse response, byte[] bytes) {
        new ListHeaders(response, List.of()).filtered(List.of(ByteBuffer.wrap(bytes)));
        return response.bufferFactory().wrap(bytes);
    }

    private Mono<byte[]> withTrash(
            GovernedExchange exchange, Operation.ReadList operation, ServerHttpResponse response, byte[] page) {
        if (FilteredAnswer.obstacle(response, exchange.policy().list()).isPresent()) {
            return Mono.error(new Failure(noList()));
        }
        JsonDocument list = operation.scope() == TrashScope.ONLY
                ? JsonDocument.of(page).set(operation.items(), "[]")
                : JsonDocument.of(page);
        return hasNext(exchange.policy().list(), response.getHeaders(), page)
                ? Mono.just(list.bytes())
                : rows(exchange, operation).map(rows -> appended(list, operation.items(), rows));
    }

    private static byte[] appended(JsonDocument list, Place items, List<String> rows) {
        JsonDocument longer = list;
        for (String row : rows) {
            longer = longer.append(items, row);
        }
        return longer.bytes();
    }

    private Mono<List<String>> rows(GovernedExchange exchange, Operation.ReadList operation) {
        ResourcePolicy policy = exchange.policy();
        return tombstones
                .page(policy.name(), operation.parents(), MOST, Optional.empty())
                .filter(page -> page.next().isEmpty())
                .switchIfEmpty(Mono.error(() -> new Failure(tooMuch())))
                .flatMapIterable(TombstonePage::tombstones)
                .filterWhen(tombstone -> isShown(exchange, tombstone))
                .concatMap(tombstone -> tombstones
                        .bodies()
                        .latest(tombstone.key(), Kind.SNAPSHOT)
                        .onErrorResume(BrokenBodyException.class, KeptRows::leftOut))
                .scan(new Rows(List.of(), 0), (rows, body) -> rows.with(row(policy, operation, body), limits))
                .last()
                .map(Rows::texts);
    }

    /** One that is damaged must not hide the others; it answers for itself, and stands in the trash collection. */
    private static Mono<FormerBody> leftOut(BrokenBodyException broken) {
        LOG.error("left out of a list: {}", broken.getMessage());
        return Mono.empty();
    }

    /** Who is shown the list may know of all that it held; where that is verified, of what he deleted. */
    private Mono<Boolean> isShown(GovernedExchange exchange, Tombstone tombstone) {
        return exchange.policy().reveal() == Reveal.VERIFIED
                ? disclosure.mayKnow(exchange, exchange.policy(), tombstone.key())
                : Mono.just(true);
    }

    private record Rows(List<String> texts, long size) {
        Rows with(String row, ListLimits limits) {
            if (size + row.length() > limits.heldBytes()) {
                throw new Failure(tooMuch());
            }
            var more = new java.util.ArrayList<>(texts);
            more.add(row);
            return new Rows(more, size + row.length());
        }
    }

    private static String row(ResourcePolicy policy, Operation.ReadList operation, FormerBody body) {
        String item = JsonSpan.of(body.content())
                .find(policy.wrap())
                .map(JsonSpan::json)
                .orElse("null");
        return JsonDocument.nest(operation.row().tokens(), item);
    }

    private static boolean hasNext(Listing listing, HttpHeaders headers, byte[] page) {
        boolean linked = headers.getOrEmpty(HttpHeaders.LINK).stream()
                .anyMatch(link -> LINK_TO_NEXT.matcher(link).find());
        return linked
                || listing.next().stream().anyMatch(next -> switch (next) {
                    case Next.Header header ->
                        !header.name().equalsIgnoreCase(HttpHeaders.LINK)
                                && headers.getOrEmpty(header.name()).stream().anyMatch(value -> !value.isBlank());
                    case Next.Body inside ->
                        JsonSpan.of(page)
                                .find(inside.place())
                                .filter(value -> value.kind() == JsonSpan.Kind.STRING)
                                .filter(value -> !value.text().isBlank())
                                .isPresent();
                });
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Answer notHere() {
        return Answer.problem(Problem.of(
                400,
                "no-trash-here",
                "This list does not say whose items it shows, and the upstream has none of the trash. Read the trash"
                        + " collection."));
    }

    private static Answer noList() {
        return Answer.problem(Problem.of(
                502,
                "list-unfilterable",
                "The upstream's answer is no list to which the trash could be added. Read the trash collection."));
    }

    private static Answer tooMuch() {
        return Answer.problem(Problem.of(
                400,
                "trash-too-long",
                "There is too much to show in one list. Read the trash collection, page by page."));
    }
}
