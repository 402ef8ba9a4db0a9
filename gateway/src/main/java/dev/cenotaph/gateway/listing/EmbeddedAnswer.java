package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Listing.OnUnfilterable;
import dev.cenotaph.policy.embedded.EmbeddedItems;
import dev.cenotaph.policy.embedded.UntellableItemException;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.match.EmbeddedMatch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One answer that holds items of other resources. Held whole, and bounded: what goes first may hang on what comes last. */
final class EmbeddedAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedAnswer.class);

    private final ServerWebExchange exchange;
    private final String method;
    private final List<EmbeddedMatch> embedded;
    private final List<String> ifNoneMatch;
    private final Tombstones tombstones;
    private final ListLimits limits;

    /** @param ifNoneMatch the values of the request's header, where this is the last to look at the answer */
    EmbeddedAnswer(
            ServerWebExchange exchange,
            String method,
            List<EmbeddedMatch> embedded,
            List<String> ifNoneMatch,
            Tombstones tombstones,
            ListLimits limits) {
        this.exchange = exchange;
        this.method = method;
        this.embedded = embedded;
        this.ifNoneMatch = ifNoneMatch;
        this.tombstones = tombstones;
        this.limits = limits;
    }

    Mono<Void> write(ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        return write(response, body, ServerHttpResponse::writeWith);
    }

    Mono<Void> write(ServerHttpResponse response, Flux<? extends DataBuffer> body, AnswerTransform next) {
        if (FilteredAnswer.hasNoRows(response) || isAnotherThing(response)) {
            return next.write(response, body);
        }
        Optional<String> obstacle = obstacle(response);
        if (obstacle.isPresent()) {
            return mayPass(embedded)
                    ? next.write(response, body)
                    : FilteredAnswer.cancelled(body).then(unfilterable(response, obstacle.get()));
        }
        // What fails in what comes next is not ours to answer.
        return held(response, body)
                .<Mono<Void>>map(held -> next.write(response, Flux.from(hidden(response, held))))
                .onErrorResume(UnfilterableListException.class, e -> Mono.just(unfilterable(response, e.why())))
                .flatMap(written -> written);
    }

    /** The receipt of a write need not be JSON. */
    private boolean isAnotherThing(ServerHttpResponse response) {
        return !method.equals("GET") && !JsonBodies.isJson(response.getHeaders());
    }

    private Optional<String> obstacle(ServerHttpResponse response) {
        return embedded.stream()
                .map(match -> FilteredAnswer.obstacle(response, match.policy().list()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Where all whose items may be in it would rather have them shown. */
    static boolean mayPass(List<EmbeddedMatch> embedded) {
        return embedded.stream().allMatch(match -> match.policy().list().onUnfilterable() == OnUnfilterable.PASS);
    }

    /** As it came, and decoded. */
    private record Held(byte[] original, byte[] document) {}

    private Mono<Held> held(ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        return Mono.defer(() -> {
            var original = new ByteArrayOutputStream();
            var document = new ByteArrayOutputStream();
            Decoder decoder = Decoder.of(response.getHeaders(), limits);
            return limits.deadline()
                    .within(body)
                    .handle((buffer, sink) -> {
                        byte[] chunk = FilteredAnswer.bytes(buffer);
                        original.writeBytes(chunk);
                        decoder.feed(chunk, document::writeBytes);
                        if (Math.max(original.size(), document.size()) > limits.heldBytes()) {
                            throw new UnfilterableListException("it is longer than " + limits.heldBytes() + " bytes");
                        }
                    })
                    .then(Mono.fromSupplier(() -> new Held(original.toByteArray(), document.toByteArray())))
                    .doFinally(end -> decoder.close());
        });
    }

    private Mono<DataBuffer> hidden(ServerHttpResponse response, Held held) {
        var headers = new ListHeaders(response, ifNoneMatch);
        Optional<byte[]> hidden = hidden(held.document(), embedded, tombstones);
        boolean goesOut = hidden.map(bytes -> headers.filtered(List.of(ByteBuffer.wrap(bytes))))
                .orElseGet(headers::unfiltered);
        return goesOut
                ? Mono.fromSupplier(() -> response.bufferFactory().wrap(hidden.orElse(held.original())))
                : Mono.empty();
    }

    /**
     * The document without what is trashed; empty where it stays as it is.
     *
     * @throws UnfilterableListException if that cannot be told, and must be
     */
    static Optional<byte[]> hidden(byte[] document, List<EmbeddedMatch> embedded, Tombstones tombstones) {
        try {
            return EmbeddedItems.hidden(document, embedded, tombstones::isTrashed);
        } catch (UntellableItemException e) {
            throw new UnfilterableListException(e.why(), e);
        } catch (MalformedJsonException e) {
            if (mayPass(embedded)) {
                return Optional.empty();
            }
            throw new UnfilterableListException("it is no JSON document: " + e.getMessage(), e);
        }
    }

    private Mono<Void> unfilterable(ServerHttpResponse response, String why) {
        LOG.warn(
                "an answer that holds items of {} cannot be filtered: {}",
                embedded.getFirst().policy().name(),
                why);
        Answer answer = Answer.problem(Problem.of(
                502,
                "list-unfilterable",
                "The upstream's answer cannot be rid of trashed items, so it is kept back: " + why + "."));
        return Answers.replace(exchange, response, answer);
    }
}
