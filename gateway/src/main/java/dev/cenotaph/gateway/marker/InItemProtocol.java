package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.MarkerWrite;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A marker that sits inside the item: one read, one write. */
final class InItemProtocol implements MarkerProtocol {
    private final MarkerCodec codec;
    private final Write write;
    private final boolean readsFirst;

    InItemProtocol(MarkerCodec codec, Write write, Marker marker) {
        this.codec = codec;
        this.write = write;
        boolean keepsFormer =
                marker instanceof Marker.Status status && status.live().isEmpty();
        this.readsFirst = write.replace() || codec.needsDocument() || keepsFormer;
    }

    @Override
    public boolean readsFirst() {
        return readsFirst;
    }

    @Override
    public Mono<ItemReading> read(UpstreamItem item) {
        return item.upstream().send(UpstreamRequest.get(item.url())).map(this::reading);
    }

    @Override
    public Mono<UpstreamAnswer> trash(UpstreamItem item, Optional<ItemReading.Found> found, Tombstone pending) {
        Optional<byte[]> document = found.map(reading -> reading.answer().body());
        return Mono.fromSupplier(() -> codec.trash(document, pending.deleteTime()))
                .flatMap(body -> send(item, found, body));
    }

    @Override
    public Mono<UpstreamAnswer> restore(UpstreamItem item, ItemReading.Found found, Optional<String> former) {
        return Mono.defer(() -> Mono.justOrEmpty(
                        codec.restore(Optional.of(found.answer().body()), former)))
                .flatMap(body -> send(item, Optional.of(found), body));
    }

    @Override
    public MarkerReading readAnswer(UpstreamAnswer answer) {
        return codec.read(answer.body());
    }

    @Override
    public Optional<MarkerCodec> codec() {
        return Optional.of(codec);
    }

    private Mono<UpstreamAnswer> send(UpstreamItem item, Optional<ItemReading.Found> found, MarkerWrite body) {
        UpstreamRequest request =
                UpstreamRequest.write(write.method().name(), item.url(), body.mediaType(), body.body());
        return item.upstream()
                .send(condition(item, found)
                        .map(tag -> request.with("If-Match", tag))
                        .orElse(request));
    }

    // RFC 9110 §13.1.1. A write must meet the very item that was read, or one that arrives late would undo what came
    // after
    // it. Wherever that satisfies the client's own condition it is the narrower one.
    private Optional<String> condition(UpstreamItem item, Optional<ItemReading.Found> found) {
        Optional<String> read = found.flatMap(reading -> reading.answer().strongEntityTag());
        Optional<String> exists = write.exists() == Write.Exists.IF_MATCH ? Optional.of("*") : Optional.empty();
        return read.filter(tag ->
                        item.ifMatch().map(field -> satisfies(tag, field)).orElse(true))
                .or(item::ifMatch)
                .or(() -> exists);
    }

    private static boolean satisfies(String tag, String field) {
        return field.strip().equals("*")
                || List.of(field.strip().split("\\s*,\\s*")).contains(tag);
    }

    private ItemReading reading(UpstreamAnswer answer) {
        if (answer.isMissing()) {
            return new ItemReading.Missing(answer);
        }
        if (answer.status() != 200) {
            return new ItemReading.Unreadable(answer);
        }
        if (codec.read(answer.body()) instanceof MarkerReading.Trashed trashed) {
            return new ItemReading.Found(trashed, answer, Optional.empty());
        }
        try {
            return new ItemReading.Found(new MarkerReading.Live(), answer, Optional.of(codec.former(answer.body())));
        } catch (UnwritableMarkerException notAnItem) {
            return new ItemReading.Unreadable(answer);
        }
    }
}
