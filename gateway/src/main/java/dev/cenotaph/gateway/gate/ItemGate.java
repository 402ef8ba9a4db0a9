package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.AnswerTransform;
import dev.cenotaph.gateway.exchange.Answers;
import dev.cenotaph.gateway.exchange.BodyPeek;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.GoneAnswers;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.gate.ClientWrites.Admitted;
import dev.cenotaph.gateway.marker.ItemReading;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.Lessons;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.Detached;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.gateway.upstream.UpstreamProblems;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.operation.TrashScope;
import dev.cenotaph.policy.unique.KeyValue;
import dev.cenotaph.policy.unique.KeyValues;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Reads and writes of one item: gone where it is trashed, looked at on the way where it is live. */
public final class ItemGate {
    private final Tombstones tombstones;
    private final MarkerProtocols protocols;
    private final UpstreamClient upstreams;
    private final ItemTurns turns;
    private final GoneAnswers goneAnswers;
    private final ClientWrites clientWrites;
    private final ClientDeletion clientDeletion;
    private final Duplicates duplicates;
    private final ItemLooks looks;
    private final OpenIntents openIntents;

    public ItemGate(
            Tombstones tombstones,
            Lessons lessons,
            MarkerProtocols protocols,
            UpstreamClient upstreams,
            OpenClaims openClaims,
            ItemTurns turns,
            GoneAnswers goneAnswers,
            Disclosure disclosure,
            Optional<Cascades> cascades,
            int bodyLimit,
            BodyPeek.Limits peekLimits,
            Clock clock) {
        this.tombstones = tombstones;
        this.protocols = protocols;
        this.upstreams = upstreams;
        this.turns = turns;
        this.goneAnswers = goneAnswers;
        this.clientWrites = new ClientWrites(bodyLimit);
        this.clientDeletion =
                new ClientDeletion(tombstones, protocols, upstreams, openClaims, goneAnswers, cascades, clock);
        this.duplicates = new Duplicates(tombstones, disclosure, peekLimits);
        this.looks = new ItemLooks(tombstones, lessons, protocols, upstreams, peekLimits, clock);
        this.openIntents = new OpenIntents(tombstones, protocols, upstreams);
    }

    /** GET and HEAD of an item. */
    public Mono<Void> read(GovernedExchange exchange, Operation.ReadItem asked) {
        Operation.ReadItem operation = granted(exchange, asked);
        if (!tombstones.isCurrent()) {
            return readUnsure(exchange, operation);
        }
        if (!tombstones.isTrashed(operation.key())) {
            return readLive(exchange, operation);
        }
        return operation.scope().showsTrashed()
                ? readTrashed(exchange, operation.key(), exchange.target())
                : goneAnswers.write(exchange, exchange.policy(), operation.key());
    }

    /** Some policies show a trashed item to whoever has its URL. */
    private static Operation.ReadItem granted(GovernedExchange exchange, Operation.ReadItem asked) {
        return switch (exchange.policy().answers().read()) {
            case GONE -> asked;
            case ITEM ->
                asked.scope() == TrashScope.EXCLUDE ? new Operation.ReadItem(asked.key(), TrashScope.INCLUDE) : asked;
        };
    }

    /** GET and HEAD of an item through the trash collection. */
    public Mono<Void> read(GovernedExchange exchange, Operation.ReadTrashedItem operation) {
        URI url = exchange.targetAt(operation.path());
        Mono<Boolean> trashed = tombstones.isCurrent()
                ? Mono.just(tombstones.isTrashed(operation.key()))
                : looks.isTrashed(exchange, operation.key(), url);
        return trashed.flatMap(there -> there
                ? readTrashed(exchange, operation.key(), url)
                : Answers.write(exchange.exchange(), Conflicts.notInTrash()));
    }

    /** PUT, PATCH and POST of an item. */
    public Mono<Void> write(GovernedExchange exchange, Operation.WriteItem operation) {
        if (tombstones.isTrashed(operation.key())) {
            return repeated(exchange, operation.key());
        }
        return clientWrites.admit(exchange).flatMap(admitted -> switch (admitted.effect()) {
            case TRASHES -> trash(admitted, operation.key());
            case REVIVES, SILENT, UNREADABLE ->
                turns.writing(operation.key(), over -> writeInTurn(admitted, operation.key(), over));
        });
    }

    /** What still follows the item goes on, where the client trashes it again; apart from that it is gone. */
    private Mono<Void> repeated(GovernedExchange exchange, ItemKey key) {
        if (exchange.policy().children().isEmpty() || !tombstones.isCurrent()) {
            return gone(exchange, key);
        }
        return clientDeletion
                .isFollowed(exchange.policy(), key)
                .filter(followed -> followed)
                .flatMap(followed -> clientWrites.admit(exchange))
                .filter(admitted -> admitted.effect() == Effect.TRASHES)
                .flatMap(admitted -> Detached.run(clientDeletion.goOn(admitted.exchange(), key)))
                .map(answer -> Answers.write(exchange.exchange(), answer))
                .switchIfEmpty(Mono.fromSupplier(() -> gone(exchange, key)))
                .flatMap(written -> written);
    }

    /** The client sets the marker itself. */
    private Mono<Void> trash(Admitted admitted, ItemKey key) {
        GovernedExchange exchange = admitted.exchange();
        return Detached.run(turns.alone(key, clientDeletion.trash(exchange, key, admitted.body()))
                        .flatMap(answer -> clientDeletion.followed(exchange, key, answer)))
                .flatMap(answer -> Answers.write(admitted.exchange().exchange(), answer));
    }

    /** The item may have been trashed while the body was read. */
    private Mono<Void> writeInTurn(Admitted admitted, ItemKey key, Runnable over) {
        GovernedExchange exchange = admitted.exchange();
        if (tombstones.isTrashed(key)) {
            return gone(exchange, key);
        }
        return tombstones.isCurrent()
                ? writeLive(admitted, key, over)
                : looks.isTrashed(exchange, key, exchange.target())
                        .flatMap(trashed -> trashed
                                ? goneAnswers.write(exchange, exchange.policy(), key)
                                : writeLive(admitted, key, over));
    }

    private Mono<Void> writeLive(Admitted admitted, ItemKey key, Runnable over) {
        GovernedExchange exchange = admitted.exchange();
        var look = looks.at(exchange, key);
        AnswerTransform answer = duplicates.explained(
                exchange,
                key.parents(),
                values(admitted),
                (response, body) -> response.writeWith(look.whileWriting(response, body, admitted.effect())));
        return exchange.forward(headers -> {}, (response, body) -> {
            over.run();
            return openIntents.written(exchange, key, response).then(Mono.defer(() -> answer.write(response, body)));
        });
    }

    /** What a write holds at unique keys, where the upstream's refusal of it could be explained. */
    private List<KeyValue> values(Admitted admitted) {
        ResourcePolicy policy = admitted.exchange().policy();
        return duplicates.matter(policy) ? KeyValues.of(policy, admitted.body()) : List.of();
    }

    /** A write must not restore what is trashed; but what another replica restored must not be called gone. */
    private Mono<Void> gone(GovernedExchange exchange, ItemKey key) {
        return tombstones.isCurrent()
                ? goneAnswers.write(exchange, exchange.policy(), key)
                : Answers.write(exchange.exchange(), Conflicts.unsure());
    }

    /** What memory says may be wrong in both directions; the upstream's body tells, or a read of our own where it is not seen. */
    private Mono<Void> readUnsure(GovernedExchange exchange, Operation.ReadItem operation) {
        if (!exchange.isHead() && protocols.of(exchange.policy()).codec().isPresent()) {
            return readLive(exchange, operation);
        }
        return looks.isTrashed(exchange, operation.key(), exchange.target()).flatMap(trashed -> {
            if (trashed) {
                return operation.scope().showsTrashed()
                        ? readTrashed(exchange, operation.key(), exchange.target())
                        : goneAnswers.write(exchange, exchange.policy(), operation.key());
            }
            return operation.scope() == TrashScope.ONLY
                    ? Answers.write(exchange.exchange(), Conflicts.notInTrash())
                    : exchange.forward();
        });
    }

    private Mono<Void> readLive(GovernedExchange exchange, Operation.ReadItem operation) {
        if (exchange.isHead() || protocols.of(exchange.policy()).codec().isEmpty()) {
            return operation.scope() == TrashScope.ONLY
                    ? Answers.write(exchange.exchange(), Conflicts.notInTrash())
                    : exchange.forward();
        }
        var look = looks.at(exchange, operation.key());
        return exchange.forward(
                headers -> {}, (response, body) -> look.whileReading(response, body, operation.scope()));
    }

    private Mono<Void> readTrashed(GovernedExchange exchange, ItemKey key, URI url) {
        if (protocols.of(exchange.policy()).keepsItem()) {
            return readKept(exchange, key, url);
        }
        var look = looks.at(exchange, key);
        return tombstones
                .find(key)
                .map(Optional::of)
                .onErrorResume(StoreUnavailableException.class, e -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty())
                .flatMap(known -> exchange.forward(
                        url, headers -> {}, (response, body) -> look.whileShowingTrash(response, body, known)));
    }

    private Mono<Void> readKept(GovernedExchange exchange, ItemKey key, URI url) {
        var item = new UpstreamItem(exchange.policy(), key, url, upstreams.as(exchange.exchange()), Optional.empty());
        Mono<Optional<Tombstone>> known = tombstones.find(key).map(Optional::of).defaultIfEmpty(Optional.empty());
        return protocols
                .of(exchange.policy())
                .read(item)
                .zipWith(known, (reading, tombstone) -> switch (reading) {
                    case ItemReading.Found found ->
                        found.isTrashed() ? kept(exchange, key, found, tombstone) : Conflicts.notInTrash();
                    case ItemReading.Missing missing -> Conflicts.notInTrash();
                    case ItemReading.Unreadable unreadable -> UpstreamProblems.asItIs(unreadable.answer());
                })
                .flatMap(answer -> Answers.write(exchange.exchange(), answer));
    }

    private static Answer kept(
            GovernedExchange exchange, ItemKey key, ItemReading.Found found, Optional<Tombstone> known) {
        String path = exchange.clientPathOf(exchange.policy(), key);
        Answer item = exchange.forwarding()
                .shown(new Answer(200, found.answer().headers(), found.answer().body()));
        return Answer.of(
                200,
                headers -> {
                    headers.addAll(item.headers());
                    TrashFacts.headers(known, TrashFacts.restorePath(exchange.policy(), path))
                            .accept(headers);
                    known.ifPresent(tombstone -> TrashFacts.sunset(headers, tombstone));
                    headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                },
                item.body());
    }
}
