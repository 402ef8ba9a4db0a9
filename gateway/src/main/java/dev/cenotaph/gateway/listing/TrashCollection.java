package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.TombstonePage;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.operation.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The trash collection: what our store knows to be trashed, newest first, paged as AIP-158 has it. */
public final class TrashCollection {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Where each row costs a call: how many rows a page has at most, and how many calls are under way at once. */
    private static final int VERIFIED_ROWS = 50;

    private static final int CALLS = 8;

    private final Tombstones tombstones;
    private final Disclosure disclosure;

    public TrashCollection(Tombstones tombstones, Disclosure disclosure) {
        this.tombstones = tombstones;
        this.disclosure = disclosure;
    }

    public Mono<Void> handle(GovernedExchange exchange, Operation.ReadTrash operation) {
        boolean verified = exchange.policy().reveal() == Reveal.VERIFIED;
        int size = verified ? Math.min(operation.pageSize(), VERIFIED_ROWS) : operation.pageSize();
        return tombstones
                .page(exchange.policy().name(), operation.parents(), size, operation.pageToken())
                .flatMap(page -> verified ? shown(exchange, page) : Mono.just(page))
                .map(page -> answer(exchange, operation, page))
                .onErrorResume(
                        IllegalArgumentException.class,
                        e -> Mono.just(Answer.problem(Problem.of(
                                400,
                                "invalid-parameter",
                                "The parameter page_token is none that we gave; leave it out for the first page."))))
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    /** Without the rows that the upstream keeps from the caller; a page may be short (AIP-158). */
    private Mono<TombstonePage> shown(GovernedExchange exchange, TombstonePage page) {
        return Flux.fromIterable(page.tombstones())
                .flatMapSequential(
                        row -> disclosure
                                .mayKnow(exchange, exchange.policy(), row.key())
                                .filter(known -> known)
                                .map(known -> row),
                        CALLS)
                .collectList()
                .map(rows -> new TombstonePage(rows, page.next()));
    }

    private static Answer answer(GovernedExchange exchange, Operation.ReadTrash operation, TombstonePage page) {
        var document = new LinkedHashMap<String, Object>();
        List<Map<String, Object>> rows = page.tombstones().stream()
                .map(tombstone -> row(exchange, tombstone))
                .toList();
        document.put("trashed", rows);
        page.next().ifPresent(token -> document.put("next_page_token", token));
        return Answer.of(
                200,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                    headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                    page.next().ifPresent(token -> headers.set(HttpHeaders.LINK, next(exchange, operation, token)));
                },
                JSON.writeValueAsBytes(document));
    }

    private static Map<String, Object> row(GovernedExchange exchange, Tombstone tombstone) {
        String path = exchange.clientPathOf(exchange.policy(), tombstone.key());
        var row = new LinkedHashMap<String, Object>();
        row.put("id", tombstone.key().id());
        row.put("item", path);
        row.put("state", "trashed");
        row.put("delete_time", TrashFacts.text(tombstone.deleteTime()));
        tombstone.purgeTime().ifPresent(time -> row.put("purge_time", TrashFacts.text(time)));
        row.put("deletion_id", tombstone.deletionId());
        tombstone.actor().ifPresent(actor -> row.put("deleted_by", actor));
        row.put("restore", TrashFacts.restorePath(exchange.policy(), path));
        return row;
    }

    private static String next(GovernedExchange exchange, Operation.ReadTrash operation, String token) {
        return "<" + exchange.clientPath() + "?page_size=" + operation.pageSize() + "&page_token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8) + ">; rel=\"next\"";
    }
}
