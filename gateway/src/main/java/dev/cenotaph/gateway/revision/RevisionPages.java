package dev.cenotaph.gateway.revision;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.ItemReading.Found;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.policy.operation.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What clients see of revisions. Who may read the item at the upstream may read what it was. */
public final class RevisionPages {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KeptRevisions revisions;

    public RevisionPages(Tombstones tombstones, MarkerProtocols protocols, UpstreamClient upstreams) {
        this.revisions = new KeptRevisions(tombstones.bodies(), protocols, upstreams);
    }

    /** The list, newest first, the current one on its first page. */
    public Mono<Void> list(GovernedExchange exchange, Operation.ReadRevisions operation) {
        OptionalLong before = before(operation);
        UpstreamItem item = revisions.item(exchange, operation.key(), operation.path());
        return shown(
                exchange,
                item,
                found -> revisions
                        .current(item, found.answer())
                        .flatMap(current -> revisions
                                // One more tells whether there is another page, and who wrote the last of this one.
                                .list(operation.key(), before, operation.pageSize() + 1)
                                .map(kept -> page(exchange, operation, current, before, kept))));
    }

    /** One revision. */
    public Mono<Void> one(GovernedExchange exchange, Operation.ReadRevision operation) {
        UpstreamItem item = revisions.item(exchange, operation.key(), operation.path());
        return shown(exchange, item, found -> one(exchange, item, found, operation.number()));
    }

    private Mono<Answer> one(GovernedExchange exchange, UpstreamItem item, Found found, long number) {
        return revisions.current(item, found.answer()).flatMap(current -> {
            RevisionView view = new RevisionView(exchange, item, current);
            return number == current
                    ? revisions
                            .list(item.key(), OptionalLong.of(number), 1)
                            .map(kept -> view.current(kept, found.answer()))
                    : revisions
                            .find(item.key(), number)
                            .flatMap(body -> revisions
                                    .list(item.key(), OptionalLong.of(number), 1)
                                    .map(kept -> view.kept(kept, body)))
                            .switchIfEmpty(Mono.error(RevisionView.noSuchRevision()));
        });
    }

    private Mono<Void> shown(GovernedExchange exchange, UpstreamItem item, Function<Found, Mono<Answer>> show) {
        return revisions
                .read(item)
                .flatMap(reading -> switch (reading) {
                    case Found found -> show.apply(found);
                    case ItemReading.Missing missing -> Mono.just(UpstreamProblems.asItIs(missing.answer()));
                    case ItemReading.Unreadable unreadable ->
                        Mono.just(UpstreamProblems.refused(
                                unreadable.answer(),
                                "item-unreadable",
                                "The item cannot be read, so that its revisions cannot be told."));
                })
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    private static OptionalLong before(Operation.ReadRevisions operation) {
        if (operation.pageToken().isEmpty()) {
            return OptionalLong.empty();
        }
        String token = operation.pageToken().get();
        if (!token.matches("[1-9]\\d{0,9}")) {
            throw new Failure(Problem.of(
                    400,
                    "invalid-parameter",
                    "The parameter page_token is none that we gave; leave it out for the first page."));
        }
        return OptionalLong.of(Long.parseLong(token));
    }

    private static Answer page(
            GovernedExchange exchange,
            Operation.ReadRevisions operation,
            long current,
            OptionalLong before,
            List<Facts> kept) {
        String path = exchange.clientPathOf(exchange.policy(), operation.key());
        var rows = new ArrayList<Map<String, Object>>();
        boolean first = before.isEmpty();
        if (first && (kept.isEmpty() || kept.getFirst().number() != current)) {
            rows.add(RevisionView.facts(path, current, true, kept));
        }
        int next = 0;
        while (next < kept.size() && rows.size() < operation.pageSize()) {
            long number = kept.get(next).number();
            next++;
            rows.add(RevisionView.facts(path, number, number == current, kept.subList(next, kept.size())));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("revisions", rows);
        boolean more = next < kept.size();
        long last = (long) rows.getLast().getOrDefault("number", 1L);
        if (more) {
            document.put("next_page_token", Long.toString(last));
        }
        return Answer.of(
                200,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                    headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                    if (more) {
                        headers.set(
                                HttpHeaders.LINK,
                                "<" + exchange.clientPath() + "?page_size=" + operation.pageSize() + "&page_token="
                                        + last + ">; rel=\"next\"");
                    }
                },
                JSON.writeValueAsBytes(document));
    }
}
