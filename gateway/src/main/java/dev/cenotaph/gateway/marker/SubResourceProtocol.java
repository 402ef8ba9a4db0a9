package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.marker.ExtensionEntries;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import java.net.URI;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * A marker that is an entry of a key-value sub-resource: {@code POST} creates the entry, {@code DELETE} of the entry
 * alone takes it back. The item itself is never written.
 */
final class SubResourceProtocol implements MarkerProtocol {
    private final Marker.ExtensionResource marker;
    private final ExtensionEntries entries;

    SubResourceProtocol(Marker.ExtensionResource marker) {
        this.marker = marker;
        this.entries = new ExtensionEntries(marker);
    }

    @Override
    public boolean readsFirst() {
        return true;
    }

    @Override
    public Mono<ItemReading> read(UpstreamItem item) {
        return item.upstream().send(UpstreamRequest.get(item.url())).flatMap(answer -> {
            if (answer.isMissing()) {
                return Mono.just(new ItemReading.Missing(answer));
            }
            if (answer.status() != 200) {
                return Mono.just(new ItemReading.Unreadable(answer));
            }
            return item.upstream()
                    .send(UpstreamRequest.get(entriesUrl(item)))
                    .map(entriesAnswer -> reading(answer, entriesAnswer));
        });
    }

    @Override
    public Mono<UpstreamAnswer> trash(UpstreamItem item, Optional<ItemReading.Found> found, Tombstone pending) {
        byte[] body = entries.entry(pending.deleteTime());
        return currentEntry(item)
                .map(entry -> UpstreamRequest.write("PUT", entryUrl(item, entry.id()), "application/json", body))
                .defaultIfEmpty(UpstreamRequest.write("POST", entriesUrl(item), "application/json", body))
                .flatMap(item.upstream()::send);
    }

    @Override
    public Mono<UpstreamAnswer> restore(UpstreamItem item, ItemReading.Found found, Optional<String> former) {
        return currentEntry(item)
                .flatMap(entry -> item.upstream()
                        .send(former.filter(text -> !text.equals(MarkerCodec.ABSENT))
                                .map(text -> UpstreamRequest.write(
                                        "PUT",
                                        entryUrl(item, entry.id()),
                                        "application/json",
                                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                                .orElseGet(() -> UpstreamRequest.delete(entryUrl(item, entry.id())))));
    }

    @Override
    public MarkerReading readAnswer(UpstreamAnswer answer) {
        return entries.find(answer.body()).map(ExtensionEntries.Entry::reading).orElse(new MarkerReading.Hidden());
    }

    @Override
    public Optional<MarkerCodec> codec() {
        return Optional.empty();
    }

    private Mono<ExtensionEntries.Entry> currentEntry(UpstreamItem item) {
        return item.upstream()
                .send(UpstreamRequest.get(entriesUrl(item)))
                .flatMap(answer -> Mono.justOrEmpty(entries.find(answer.body())));
    }

    private ItemReading reading(UpstreamAnswer item, UpstreamAnswer entriesAnswer) {
        if (entriesAnswer.status() != 200 && !entriesAnswer.isMissing()) {
            return new ItemReading.Unreadable(entriesAnswer);
        }
        Optional<ExtensionEntries.Entry> entry =
                entriesAnswer.isMissing() ? Optional.empty() : entries.find(entriesAnswer.body());
        MarkerReading reading = entry.map(ExtensionEntries.Entry::reading).orElse(new MarkerReading.Live());
        return new ItemReading.Found(
                reading,
                item,
                reading instanceof MarkerReading.Trashed
                        ? Optional.empty()
                        : Optional.of(entry.map(ExtensionEntries.Entry::json).orElse(MarkerCodec.ABSENT)));
    }

    private URI entriesUrl(UpstreamItem item) {
        return at(item.url(), item.key().path(item.policy(), marker.resource()));
    }

    private URI entryUrl(UpstreamItem item, String entryId) {
        return at(item.url(), item.key().path(item.policy(), marker.resource()) + "/" + entryId);
    }

    private static URI at(URI url, String rawPath) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + rawPath + query);
    }
}
