package dev.cenotaph.gateway.revision;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GoneAnswers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.ItemReading.Found;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionTurns;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.Detached;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.JsonSpan.Kind;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.operation.Operation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Makes a revision the current one: read, keep what is there, put the revision back whole under {@code If-Match}, answer with
 * the revision that this makes.
 */
public final class MakingCurrent {
    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final KeptRevisions revisions;
    private final RevisionTurns turns;
    private final ItemTurns itemTurns;
    private final GoneAnswers goneAnswers;
    private final int bodyLimit;

    public MakingCurrent(
            Tombstones tombstones,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            RevisionTurns turns,
            ItemTurns itemTurns,
            GoneAnswers goneAnswers,
            int bodyLimit) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.revisions = new KeptRevisions(tombstones.bodies(), protocols, upstreams);
        this.turns = turns;
        this.itemTurns = itemTurns;
        this.goneAnswers = goneAnswers;
        this.bodyLimit = bodyLimit;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.MakeCurrent operation) {
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit)
                .flatMap(body -> {
                    requireOneChange(body);
                    var attempt = new Attempt(exchange, operation);
                    return Detached.run(turns.alone(
                            operation.key(), over -> itemTurns.alone(operation.key(), Mono.defer(attempt::make))));
                })
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    private static void requireOneChange(byte[] body) {
        try {
            JsonSpan root = JsonSpan.of(body);
            List<JsonSpan.Member> members = root.kind() == Kind.OBJECT ? root.members() : List.of();
            if (members.size() == 1
                    && members.getFirst().name().text().equals("is_current")
                    && members.getFirst().value().kind() == Kind.TRUE) {
                return;
            }
        } catch (MalformedJsonException notJson) {
            throw notTheChange();
        }
        throw notTheChange();
    }

    private static Failure notTheChange() {
        return new Failure(
                Problem.of(422, "not-a-revision-change", "A revision takes one change alone: {\"is_current\": true}."));
    }

    /** One such request on its way. */
    private final class Attempt {
        private final GovernedExchange exchange;
        private final UpstreamItem item;
        private final long number;

        Attempt(GovernedExchange exchange, Operation.MakeCurrent operation) {
            this.exchange = exchange;
            this.item = revisions.item(exchange, operation.key(), operation.path());
            this.number = operation.number();
        }

        Mono<Answer> make() {
            if (tombstones.isTrashed(item.key())) {
                return goneAnswers.of(exchange, item.policy(), item.key());
            }
            return revisions
                    .read(item)
                    .flatMap(reading -> switch (reading) {
                        case Found found ->
                            found.isTrashed() ? goneAnswers.of(exchange, item.policy(), item.key()) : make(found);
                        case ItemReading.Missing missing -> Mono.just(UpstreamProblems.asItIs(missing.answer()));
                        case ItemReading.Unreadable unreadable ->
                            Mono.just(UpstreamProblems.refused(
                                    unreadable.answer(),
                                    "item-unreadable",
                                    "The item cannot be read, so that nothing was written."));
                    })
                    .onErrorResume(UpstreamException.class, e -> Mono.just(UpstreamProblems.failed(e)));
        }

        private Mono<Answer> make(Found found) {
            return revisions
                    .current(item, found.answer())
                    .flatMap(current -> current == number
                            ? shown(found.answer())
                            : revisions
                                    .find(item.key(), number)
                                    .switchIfEmpty(Mono.error(RevisionView.noSuchRevision()))
                                    .flatMap(body -> write(found, writable(body))));
        }

        /** The marker's member must not be revived by what it was, nor a member be lost that was never kept. */
        private FormerBody writable(FormerBody body) {
            if (!item.policy().revisions().orElseThrow().redact().isEmpty()) {
                throw refused(
                        "revision-redacted",
                        "Members of this resource's revisions are not kept, so that writing one back would lose them.");
            }
            boolean trashed = protocols
                    .of(item.policy())
                    .codec()
                    .filter(codec -> codec.read(body.content()) instanceof MarkerReading.Trashed)
                    .isPresent();
            if (trashed) {
                throw refused(
                        "revision-trashed", "This revision is of the item in the trash; DELETE the item instead.");
            }
            return body;
        }

        private Mono<Answer> write(Found found, FormerBody body) {
            return revisions
                    .keep(item, found.answer(), exchange.trace().actor())
                    .flatMap(kept -> item.upstream()
                            .send(request(found.answer(), body))
                            .flatMap(answer -> written(answer, kept)));
        }

        private Mono<Answer> written(UpstreamAnswer answer, FormerBody kept) {
            if (answer.isSuccess()) {
                return revisions.confirm(item).then(Mono.defer(this::showWritten));
            }
            Answer refused = UpstreamProblems.refused(
                    answer, "revision-not-written", "The upstream refused the PUT that writes the revision back.");
            return answer.status() < 500 ? revisions.takeBack(kept).thenReturn(refused) : Mono.just(refused);
        }

        private Mono<Answer> showWritten() {
            return revisions.read(item).flatMap(reading -> switch (reading) {
                case Found found -> shown(found.answer());
                case ItemReading.Missing missing -> Mono.just(UpstreamProblems.asItIs(missing.answer()));
                case ItemReading.Unreadable unreadable ->
                    Mono.just(UpstreamProblems.refused(
                            unreadable.answer(), "item-unreadable", "The revision is written, and cannot be read."));
            });
        }

        private Mono<Answer> shown(UpstreamAnswer answer) {
            return revisions
                    .current(item, answer)
                    .flatMap(current -> revisions
                            .list(item.key(), OptionalLong.of(current), 1)
                            .map(below -> new RevisionView(exchange, item, current).current(below, answer)));
        }

        // RFC 9110 §13.1.1: the client's own condition, or else that the item is still the one that was kept.
        private UpstreamRequest request(UpstreamAnswer read, FormerBody body) {
            String type = body.facts().origin().contentType().orElse("application/json");
            UpstreamRequest put = UpstreamRequest.write("PUT", item.url(), type, body.content());
            Optional<String> condition = item.ifMatch().or(read::strongEntityTag);
            return condition.map(tag -> put.with(HttpHeaders.IF_MATCH, tag)).orElse(put);
        }

        private static Failure refused(String code, String detail) {
            return new Failure(Problem.of(409, code, detail));
        }
    }
}
