package dev.cenotaph.gateway.many;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.gateway.upstream.Detached;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.Refusal;
import dev.cenotaph.policy.selection.Selection;
import dev.cenotaph.policy.selection.SelectionReader;
import dev.cenotaph.policy.selection.UnreadableSelectionException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Changes each item that a request names, some at a time, and answers with what came of each. */
public final class ManyAtOnce {
    /** How many items are changed at the same time. */
    static final int AT_A_TIME = 8;

    private final Idempotency idempotency;
    private final Jobs jobs;
    private final int bodyLimit;

    public ManyAtOnce(Idempotency idempotency, Jobs jobs, int bodyLimit) {
        this.idempotency = idempotency;
        this.jobs = jobs;
        this.bodyLimit = bodyLimit;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.ChangeMany operation, OneItem items) {
        if (!exchange.headers(HttpHeaders.IF_MATCH).isEmpty()) {
            return Mono.error(new Failure(Problem.of(
                    400, "precondition-of-many", "If-Match names one item, and this request is about many.")));
        }
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit)
                .flatMap(body -> {
                    Selection selection = selection(exchange, operation, body);
                    return Detached.run(idempotency.once(
                            exchange,
                            new String(body, ISO_8859_1),
                            one -> changed(exchange, operation, selection, items, one)));
                })
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    private static Selection selection(GovernedExchange exchange, Operation.ChangeMany operation, byte[] body) {
        boolean isJson = JsonBodies.isJson(exchange.exchange().getRequest().getHeaders());
        try {
            return new SelectionReader(exchange.policy().expansion(), collection(exchange, operation))
                    .read(operation, isJson, body);
        } catch (UnreadableSelectionException e) {
            Refusal refusal = e.refusal();
            throw new Failure(Problem.of(refusal.status(), refusal.code(), refusal.detail()));
        }
    }

    private static String collection(GovernedExchange exchange, Operation.ChangeMany operation) {
        PathTemplate path = exchange.policy().path();
        return path.expand(name -> operation.parents().get(path.variables().indexOf(name)));
    }

    /** The progress of a change that takes longer than a client waits. */
    public Mono<Void> handle(GovernedExchange exchange, Operation.Job operation, OneItem items) {
        return jobs.answer(exchange, operation, items).flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    private Mono<Answer> changed(
            GovernedExchange exchange, Operation.ChangeMany operation, Selection selection, OneItem items, Try one) {
        return switch (selection) {
            case Selection.Ids named -> each(exchange, operation, named.ids(), items, one);
            case Selection.Filter filter ->
                jobs.chosen(exchange, operation, filter)
                        .flatMap(ids ->
                                ids.size() <= exchange.policy().expansion().most()
                                        ? each(exchange, operation, ids, items, one)
                                        : jobs.begin(exchange, operation, ids, items));
        };
    }

    private static Mono<Answer> each(
            GovernedExchange exchange, Operation.ChangeMany operation, List<String> ids, OneItem items, Try one) {
        return Flux.fromIterable(ids)
                .flatMapSequential(id -> changed(exchange, operation, id, items, one), AT_A_TIME)
                .collectList()
                .map(results ->
                        Results.of(results, exchange.policy().expansion().allWell()));
    }

    static Mono<Results.Result> changed(
            GovernedExchange exchange, Operation.ChangeMany operation, String id, OneItem items, Try one) {
        var key = new ItemKey(exchange.policy().name(), operation.parents(), id);
        return Mono.defer(() -> items.change(exchange, operation, key, ofItem(one, id)))
                .map(answer -> new Results.Result(id, exchange.clientPathOf(exchange.policy(), key), answer));
    }

    /** Each item's deletion is its own, and the same one at each try. */
    private static Try ofItem(Try one, String id) {
        String deletionId = UUID.nameUUIDFromBytes((one.deletionId() + "/" + id).getBytes(UTF_8))
                .toString();
        return new Try(deletionId, one.again());
    }
}
