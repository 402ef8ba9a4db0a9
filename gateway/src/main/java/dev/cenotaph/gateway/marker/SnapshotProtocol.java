package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.tombstone.BrokenBodyException;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.gateway.tombstone.Recreations.Recreation;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamException;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.json.Redaction;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * No marker: a trashed item lies with us alone. Trashing keeps its body, durable and read back, and then deletes it for
 * real; restoring creates it anew. The store is the truth: what stands at the URL of a trashed item is another item, unless
 * a restore of ours was sent.
 */
final class SnapshotProtocol implements MarkerProtocol {
    private final Marker.Snapshot marker;
    private final Redaction redaction;
    private final Tombstones tombstones;
    private final Recreating recreating;

    SnapshotProtocol(ResourcePolicy policy, Marker.Snapshot marker, Tombstones tombstones) {
        this.marker = marker;
        this.redaction = new Redaction(marker.redact().stream()
                .map(place -> policy.wrap().append(place))
                .toList());
        this.tombstones = tombstones;
        this.recreating = new Recreating(policy, marker.recreate());
    }

    @Override
    public boolean readsFirst() {
        return true;
    }

    @Override
    public boolean keepsItem() {
        return true;
    }

    /** The upstream is asked in any case: whom it refuses the item's URL sees no snapshot of it. */
    @Override
    public Mono<ItemReading> read(UpstreamItem item) {
        return item.upstream()
                .send(UpstreamRequest.get(item.url()))
                .flatMap(answer -> reading(item, answer))
                .onErrorMap(BrokenBodyException.class, SnapshotProtocol::broken);
    }

    @Override
    public Mono<UpstreamAnswer> trash(UpstreamItem item, Optional<ItemReading.Found> found, Tombstone pending) {
        UpstreamAnswer read = found.orElseThrow().answer();
        return Mono.fromSupplier(() -> content(read))
                .flatMap(content -> keep(item, origin(read, pending), content))
                .onErrorMap(BrokenBodyException.class, SnapshotProtocol::broken)
                .flatMap(kept -> item.upstream().send(delete(item, read, kept)))
                .map(answer -> answer.isMissing() ? new UpstreamAnswer(204, new HttpHeaders(), new byte[0]) : answer);
    }

    @Override
    public Mono<UpstreamAnswer> restore(UpstreamItem item, ItemReading.Found found, Optional<String> former) {
        return tombstones
                .bodies()
                .latest(item.key(), Kind.SNAPSHOT)
                .onErrorMap(BrokenBodyException.class, SnapshotProtocol::broken)
                .switchIfEmpty(Mono.error(() -> new UntouchedException(
                        500, "snapshot-lost", "The item's snapshot is not in the store. Nothing was changed.")))
                .flatMap(kept -> item.upstream()
                        .send(UpstreamRequest.get(item.url()))
                        .flatMap(there -> there.isMissing() ? recreate(item, kept) : refused(there)));
    }

    /** A success means that the item is gone (RFC 9110 §9.3.5), but for a 202, which promises it. */
    @Override
    public MarkerReading readAnswer(UpstreamAnswer answer) {
        return answer.isSuccess() && !mayComeLater(answer)
                ? new MarkerReading.Trashed(Optional.empty())
                : new MarkerReading.Hidden();
    }

    @Override
    public boolean mayComeLater(UpstreamAnswer answer) {
        return answer.status() == 202;
    }

    @Override
    public Optional<Recreated> recreated(UpstreamItem item, UpstreamAnswer answer) {
        return marker.recreate() == Marker.Recreate.POST
                ? Optional.of(new Recreated(recreating.newId(answer)))
                : Optional.empty();
    }

    @Override
    public Optional<MarkerCodec> codec() {
        return Optional.empty();
    }

    private Mono<ItemReading> reading(UpstreamItem item, UpstreamAnswer answer) {
        if (answer.isMissing()) {
            return missing(item, answer);
        }
        return answer.status() == 200 ? present(item, answer) : Mono.just(new ItemReading.Unreadable(answer));
    }

    private Mono<ItemReading> missing(UpstreamItem item, UpstreamAnswer answer) {
        Mono<ItemReading> kept = snapshot(item).defaultIfEmpty(new ItemReading.Missing(answer));
        return tombstones
                .recreations()
                .find(item.key())
                .filter(sent -> sent.newId().isPresent())
                .<ItemReading>map(sent -> new ItemReading.Missing(answer))
                .switchIfEmpty(kept);
    }

    private Mono<ItemReading> present(UpstreamItem item, UpstreamAnswer answer) {
        ItemReading live = new ItemReading.Found(new MarkerReading.Live(), answer, Optional.empty());
        if (!tombstones.isTrashed(item.key())) {
            return Mono.just(live);
        }
        return tombstones
                .recreations()
                .find(item.key())
                .filter(sent -> marker.recreate() == Marker.Recreate.PUT)
                .map(sent -> live)
                .switchIfEmpty(snapshot(item))
                .defaultIfEmpty(live);
    }

    private Mono<ItemReading> snapshot(UpstreamItem item) {
        return tombstones.bodies().latest(item.key(), Kind.SNAPSHOT).map(SnapshotProtocol::kept);
    }

    private static ItemReading kept(FormerBody body) {
        var headers = new HttpHeaders();
        body.facts().origin().contentType().ifPresent(type -> headers.set(HttpHeaders.CONTENT_TYPE, type));
        return new ItemReading.Found(
                new MarkerReading.Trashed(Optional.of(body.facts().time())),
                new UpstreamAnswer(200, headers, body.content()),
                Optional.empty());
    }

    private byte[] content(UpstreamAnswer read) {
        if (read.body().length == 0) {
            throw new UntouchedException(
                    409, "snapshot-impossible", "The upstream shows the item without a body. Nothing was deleted.");
        }
        if (read.headers().containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw new UntouchedException(
                    409, "snapshot-impossible", "The upstream shows the item encoded. Nothing was deleted.");
        }
        byte[] content = redacted(read.body());
        if (content.length > marker.maxSize()) {
            throw new UntouchedException(
                    409,
                    "snapshot-too-large",
                    "The item has " + content.length + " bytes, and a snapshot has at most " + marker.maxSize()
                            + ". Nothing was deleted.");
        }
        return content;
    }

    private byte[] redacted(byte[] body) {
        try {
            return redaction.of(body);
        } catch (MalformedJsonException notJson) {
            throw new UntouchedException(
                    409,
                    "snapshot-impossible",
                    "The item is no JSON document, and some of its members must not be kept. Nothing was deleted.",
                    notJson);
        }
    }

    private Mono<FormerBody> keep(UpstreamItem item, Origin origin, byte[] content) {
        return item.caller()
                .map(caller -> tombstones.bodies().keep(origin, caller, content))
                .orElseGet(() -> tombstones.bodies().keep(origin, content));
    }

    private static Origin origin(UpstreamAnswer read, Tombstone pending) {
        return new Origin(
                pending.key(),
                Kind.SNAPSHOT,
                Optional.of(pending.deletionId()),
                pending.actor(),
                Optional.ofNullable(read.headers().getFirst(HttpHeaders.CONTENT_TYPE)),
                read.strongEntityTag());
    }

    /**
     * The real DELETE. The decision that it carries is the snapshot, as the store gave it back.
     *
     * @param kept of this very item
     */
    private static UpstreamRequest delete(UpstreamItem item, UpstreamAnswer read, FormerBody kept) {
        if (!kept.facts().origin().key().equals(item.key())) {
            throw new IllegalStateException(
                    "a snapshot of " + kept.facts().origin().key() + " deletes no " + item.key());
        }
        UpstreamRequest delete = UpstreamRequest.delete(item.url());
        return read.strongEntityTag()
                .or(item::ifMatch)
                .map(tag -> delete.with(HttpHeaders.IF_MATCH, tag))
                .orElse(delete);
    }

    private static Mono<UpstreamAnswer> refused(UpstreamAnswer there) {
        return there.isSuccess() ? Mono.error(taken()) : Mono.just(there);
    }

    private Mono<UpstreamAnswer> recreate(UpstreamItem item, FormerBody kept) {
        return tombstones
                .recreations()
                .find(item.key())
                .filter(sent -> marker.recreate() == Marker.Recreate.POST && isOf(sent, kept))
                .flatMap(sent -> Mono.<UpstreamAnswer>error(sentBefore()))
                .switchIfEmpty(Mono.defer(() -> tombstones
                        .recreations()
                        .sending(item.key(), kept.facts().origin().deletionId().orElse(""))
                        .then(Mono.defer(() -> send(item, kept)))));
    }

    private static boolean isOf(Recreation sent, FormerBody kept) {
        return kept.facts().origin().deletionId().equals(Optional.of(sent.deletionId()));
    }

    private Mono<UpstreamAnswer> send(UpstreamItem item, FormerBody kept) {
        return item.upstream()
                .send(recreating.request(item, kept))
                .flatMap(answer -> answered(item, answer))
                .onErrorResume(
                        UpstreamException.class,
                        failure -> failure.neverSent()
                                ? tombstones.recreations().refused(item.key()).then(Mono.error(failure))
                                : Mono.error(failure));
    }

    private Mono<UpstreamAnswer> answered(UpstreamItem item, UpstreamAnswer answer) {
        if (answer.isSuccess()) {
            return Mono.justOrEmpty(recreated(item, answer).flatMap(Recreated::newId))
                    .flatMap(newId -> tombstones.recreations().created(item.key(), newId))
                    .thenReturn(answer);
        }
        if (answer.status() >= 500) {
            return Mono.just(answer);
        }
        Mono<UpstreamAnswer> told = answer.status() == 412 && marker.recreate() == Marker.Recreate.PUT
                ? Mono.error(taken())
                : Mono.just(answer);
        return tombstones.recreations().refused(item.key()).then(told);
    }

    private static UntouchedException taken() {
        return new UntouchedException(
                409,
                "id-taken",
                "Another item stands at this URL by now, and is not overwritten. The trashed one stays in the trash:"
                        + " delete one of them for good.");
    }

    private static UntouchedException sentBefore() {
        return new UntouchedException(
                409,
                "restore-outcome-unknown",
                "A restore was sent before and its answer was lost, so that the item may exist already, under an id that"
                        + " nobody knows. It is not created a second time. Look for it in the collection; then delete"
                        + " the trashed one for good, which sends no DELETE.");
    }

    private static UntouchedException broken(BrokenBodyException broken) {
        return new UntouchedException(
                500, "snapshot-broken", "The item's snapshot cannot be read. Nothing was changed.", broken);
    }
}
