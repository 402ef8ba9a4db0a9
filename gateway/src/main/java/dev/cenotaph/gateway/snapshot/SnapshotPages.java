package dev.cenotaph.gateway.snapshot;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.policy.match.SnapshotTemplates;
import dev.cenotaph.policy.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The list of an item's snapshots: one where it is in the trash, none where it is live, with the members of AIP-158. */
public final class SnapshotPages {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;

    public SnapshotPages(Tombstones tombstones, MarkerProtocols protocols, UpstreamClient upstreams) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
    }

    /** Who is shown the item, or its trash, is told how many snapshots it has; everybody else what the upstream says. */
    public Mono<Void> list(GovernedExchange exchange, Operation.ReadSnapshots operation) {
        var item = new UpstreamItem(
                exchange.policy(),
                operation.key(),
                exchange.targetAt(operation.path()),
                upstreams.as(exchange.exchange()),
                Optional.empty());
        Mono<Optional<Tombstone>> known =
                tombstones.find(operation.key()).map(Optional::of).defaultIfEmpty(Optional.empty());
        return protocols
                .of(exchange.policy())
                .read(item)
                .zipWith(known, (reading, tombstone) -> switch (reading) {
                    case ItemReading.Found found -> page(tombstone.map(trashed -> row(exchange, trashed)));
                    case ItemReading.Missing missing -> UpstreamProblems.asItIs(missing.answer());
                    case ItemReading.Unreadable unreadable ->
                        UpstreamProblems.refused(
                                unreadable.answer(),
                                "item-unreadable",
                                "The item cannot be read, so that its snapshots cannot be told.");
                })
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    private static Answer page(Optional<Map<String, Object>> row) {
        return Answer.of(
                200,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                    headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                },
                JSON.writeValueAsBytes(Map.of("snapshots", row.stream().toList())));
    }

    private static Map<String, Object> row(GovernedExchange exchange, Tombstone tombstone) {
        String latest = exchange.clientPath() + "/latest";
        var row = new LinkedHashMap<String, Object>();
        row.put("snapshot", latest);
        row.put("item", exchange.clientPathOf(exchange.policy(), tombstone.key()));
        row.put("create_time", TrashFacts.text(tombstone.deleteTime()));
        tombstone.purgeTime().ifPresent(time -> row.put("purge_time", TrashFacts.text(time)));
        row.put("deletion_id", tombstone.deletionId());
        tombstone.actor().ifPresent(actor -> row.put("deleted_by", actor));
        row.put("restore", latest + SnapshotTemplates.RESTORE);
        return row;
    }
}
