package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.BodyPeek;
import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.unique.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Explains an upstream's refusal of a value that it has already, where an item in the trash holds it. */
final class Duplicates {
    static final String ITEM = "Cenotaph-Item";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Tombstones tombstones;
    private final Disclosure disclosure;
    private final BodyPeek.Limits limits;

    Duplicates(Tombstones tombstones, Disclosure disclosure, BodyPeek.Limits limits) {
        this.tombstones = tombstones;
        this.disclosure = disclosure;
        this.limits = limits;
    }

    /** Whether an upstream's refusal of a write could be explained. */
    boolean matter(ResourcePolicy policy) {
        return !policy.unique().isNone() && tombstones.anyTrashed(policy.name());
    }

    /**
     * The transform for an answer to a write that holds these values; any other answer goes through the next one.
     *
     * @param parents of the items that the values are unique among
     */
    AnswerTransform explained(
            GovernedExchange exchange, List<String> parents, List<KeyValue> values, AnswerTransform next) {
        if (values.isEmpty()) {
            return next;
        }
        return (response, body) -> isRefusal(exchange.policy(), response)
                ? explain(exchange, parents, values, response, body)
                : next.write(response, body);
    }

    private static boolean isRefusal(ResourcePolicy policy, ServerHttpResponse response) {
        return response.getStatusCode() != null
                && policy.unique().statuses().contains(response.getStatusCode().value());
    }

    private Mono<Void> explain(
            GovernedExchange exchange,
            List<String> parents,
            List<KeyValue> values,
            ServerHttpResponse response,
            Flux<? extends DataBuffer> body) {
        return tombstones
                .holders(exchange.policy().name(), parents, values)
                .onErrorReturn(StoreUnavailableException.class, List.of())
                .flatMapMany(Flux::fromIterable)
                .filterWhen(holder -> disclosure.mayKnow(exchange, exchange.policy(), holder.key()))
                .collectList()
                .flatMap(holders -> holders.isEmpty()
                        ? response.writeWith(body)
                        : explain(exchange, holders.getFirst(), response, body));
    }

    private Mono<Void> explain(
            GovernedExchange exchange, Tombstone holder, ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        String item = exchange.clientPathOf(exchange.policy(), holder.key());
        String restore = TrashFacts.restorePath(exchange.policy(), item);
        return switch (exchange.policy().unique().explain()) {
            case HEADERS -> {
                TrashFacts.headers(Optional.of(holder), restore).accept(response.getHeaders());
                response.getHeaders().set(ITEM, item);
                yield response.writeWith(body);
            }
            case PROBLEM -> problem(exchange, holder, response, body);
        };
    }

    private Mono<Void> problem(
            GovernedExchange exchange, Tombstone holder, ServerHttpResponse response, Flux<? extends DataBuffer> body) {
        int status = response.getStatusCode() == null
                ? 409
                : response.getStatusCode().value();
        var headers = HttpHeaders.copyOf(response.getHeaders());
        return limits.deadline()
                .within(body)
                .transform(bounded -> DataBufferUtils.join(bounded, limits.bytes()))
                .next()
                .map(Duplicates::bytes)
                .defaultIfEmpty(new byte[0])
                .map(said -> answer(
                        exchange,
                        holder,
                        status,
                        ContentCoding.decoded(headers, said, limits.bytes()).flatMap(plain -> said(headers, plain))))
                .flatMap(answer -> Answers.replace(exchange.exchange(), response, answer));
    }

    private static Answer answer(GovernedExchange exchange, Tombstone holder, int status, Optional<Object> said) {
        String item = exchange.clientPathOf(exchange.policy(), holder.key());
        String restore = TrashFacts.restorePath(exchange.policy(), item);
        Problem problem = keyHeld(status, holder, restore).with("upstream_answer", said.orElse(null));
        return Answer.problem(problem, headers -> {
            TrashFacts.headers(Optional.of(holder), restore).accept(headers);
            headers.set(ITEM, item);
        });
    }

    /** The problem that an item in the trash holds a value of a unique key. */
    static Problem keyHeld(int status, Tombstone holder, String restore) {
        return Problem.of(
                        status,
                        "key-reserved",
                        "A value that may be there once belongs to the item "
                                + holder.key().id()
                                + " in the trash. Restore that item, or delete it for good, before the value is used again.")
                .with("id", holder.key().id())
                .with("delete_time", TrashFacts.text(holder.deleteTime()))
                .with("purge_time", holder.purgeTime().map(TrashFacts::text).orElse(null))
                .with("deletion_id", holder.deletionId())
                .with("restore", restore);
    }

    /** What the upstream said: its JSON, or its text. */
    private static Optional<Object> said(HttpHeaders headers, byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        if (JsonBodies.isJson(headers)) {
            try {
                return Optional.of(JSON.readTree(body));
            } catch (JacksonException notJson) {
                return Optional.of(new String(body, StandardCharsets.UTF_8));
            }
        }
        return Optional.of(new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
