package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.operation.Operation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One list answer on its way to the client. */
final class FilteredAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(FilteredAnswer.class);

    private final GovernedExchange exchange;
    private final Operation.ReadList operation;
    private final RowJudge judge;
    private final ListLimits limits;
    private final Listing policy;

    FilteredAnswer(GovernedExchange exchange, Operation.ReadList operation, RowJudge judge, ListLimits limits) {
        this.exchange = exchange;
        this.operation = operation;
        this.judge = judge;
        this.limits = limits;
        this.policy = exchange.policy().list();
    }

    Mono<Void> write(ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        if (operation.scope().showsTrashed()) {
            response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "private, no-store");
        }
        if (hasNoRows(response)) {
            return response.writeWith(body);
        }
        Optional<String> obstacle = obstacle(response, policy);
        if (obstacle.isPresent()) {
            return policy.onUnfilterable() == OnUnfilterable.PASS
                    ? response.writeWith(body)
                    : cancelled(body).then(unfilterable(response, obstacle.get()));
        }
        Flux<DataBuffer> filtered = filtered(response, body);
        // In one piece where it is held back to its end for certain: its headers go out with it.
        return response.writeWith(isHeldToItsEnd(response.getHeaders()) ? filtered.singleOrEmpty() : filtered)
                .onErrorResume(UnfilterableListException.class, e -> failed(response, e));
    }

    /** The answer's end where it cannot be filtered, or not to its end. */
    Mono<Void> failed(ServerHttpResponse response, UnfilterableListException e) {
        return response.isCommitted() ? aborted(e) : unfilterable(response, e.why());
    }

    ListStream stream(ServerHttpResponse response) {
        return new ListStream(
                ListFilter.of(
                        operation.items(),
                        judge,
                        new ListFilter.Limits(limits.itemBytes(), ListFilter.Limits.DEFAULT.depth())),
                Decoder.of(response.getHeaders(), limits),
                new ListHeaders(response, exchange.headers(HttpHeaders.IF_NONE_MATCH)),
                limits.heldBytes(),
                policy.onUnfilterable());
    }

    private Flux<DataBuffer> filtered(ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        return Flux.defer(() -> {
            ListStream stream = stream(response);
            // No operator with a queue: a list that fails leaves no buffers behind.
            return limits.deadline()
                    .within(body)
                    .<List<ByteBuffer>>handle(
                            (buffer, sink) -> stream.feed(bytes(buffer)).ifPresent(sink::next))
                    .concatWith(Mono.defer(() -> Mono.justOrEmpty(stream.finish())))
                    .map(slices -> joined(response.bufferFactory(), slices))
                    .doFinally(end -> stream.close());
        });
    }

    private boolean isHeldToItsEnd(HttpHeaders headers) {
        long length = headers.getContentLength();
        return policy.onUnfilterable() == OnUnfilterable.FAIL
                && ContentCoding.isIdentity(headers)
                && length >= 0
                && 2 * length <= limits.heldBytes();
    }

    /** Subscribed to and cancelled at once: a body that nobody asks for would keep its connection for good. */
    static Mono<Void> cancelled(Flux<? extends DataBuffer> body) {
        return body.take(0, false).then();
    }

    /** One buffer to write, of the kind that the server writes as it is. */
    static DataBuffer joined(DataBufferFactory buffers, List<ByteBuffer> slices) {
        int size = 0;
        for (ByteBuffer slice : slices) {
            size += slice.remaining();
        }
        DataBuffer joined = buffers.allocateBuffer(size);
        slices.forEach(joined::write);
        return joined;
    }

    static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** Not a list at all: errors, redirects, and answers that have no body. */
    static boolean hasNoRows(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        return (status != null
                        && (!status.is2xxSuccessful()
                                || status.isSameCodeAs(HttpStatus.NO_CONTENT)
                                || status.isSameCodeAs(HttpStatus.RESET_CONTENT)))
                || response.getHeaders().getContentLength() == 0;
    }

    /** Why an answer cannot be filtered, as far as its head tells. */
    static Optional<String> obstacle(ServerHttpResponse response, Listing policy) {
        if (response.getStatusCode() != null && response.getStatusCode().isSameCodeAs(HttpStatus.PARTIAL_CONTENT)) {
            return Optional.of("it is a part of a list only");
        }
        return obstacle(response.getHeaders(), policy);
    }

    /** Why a body cannot be filtered, as far as its headers tell. */
    static Optional<String> obstacle(HttpHeaders headers, Listing policy) {
        Optional<String> type = JsonBodies.mediaType(headers);
        if (type.isEmpty() || policy.mediaTypes().stream().noneMatch(range -> includes(range, type.get()))) {
            return Optional.of("its media type is " + type.orElse("unknown"));
        }
        if (!ContentCoding.isIdentity(headers) && !ContentCoding.isGzip(headers)) {
            return Optional.of("its content coding is " + headers.getFirst(HttpHeaders.CONTENT_ENCODING));
        }
        return Optional.empty();
    }

    /** Whether a media range such as {@code application/*+json} includes a type. */
    private static boolean includes(String range, String type) {
        int star = range.indexOf('*');
        return star < 0
                ? range.equals(type)
                : type.length() >= range.length() - 1
                        && type.startsWith(range.substring(0, star))
                        && type.endsWith(range.substring(star + 1));
    }

    private Mono<Void> unfilterable(ServerHttpResponse response, String why) {
        LOG.warn("a list of {} cannot be filtered: {}", exchange.policy().name(), why);
        Answer answer = Answer.problem(Problem.of(
                502,
                "list-unfilterable",
                "The upstream's answer cannot be rid of trashed items, so it is kept back: " + why + "."));
        return Answers.replace(exchange.exchange(), response, answer);
    }

    /** Bytes are out already: the client must not take what it has for the whole. */
    private Mono<Void> aborted(UnfilterableListException e) {
        LOG.warn(
                "a list of {} cannot be filtered to its end, so its connection is cut: {}",
                exchange.policy().name(),
                e.why());
        return Mono.error(e);
    }
}
