package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.gateway.upstream.UpstreamRequest;
import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Marker.Recreate;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonDocument;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.marker.IdReader;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The request that creates an item anew from its snapshot, and the id that it gets. */
final class Recreating {
    private final ResourcePolicy policy;
    private final Recreate recreate;
    private final IdReader ids;

    Recreating(ResourcePolicy policy, Recreate recreate) {
        this.policy = policy;
        this.recreate = recreate;
        this.ids = IdReader.of(policy);
    }

    UpstreamRequest request(UpstreamItem item, FormerBody kept) {
        String mediaType = kept.facts().origin().contentType().orElse("application/json");
        return switch (recreate) {
            // RFC 9110 §13.1.2: only where nothing stands.
            case PUT ->
                UpstreamRequest.write("PUT", item.url(), mediaType, kept.content())
                        .with(HttpHeaders.IF_NONE_MATCH, "*");
            // Who knows the header creates it once, however often it is sent.
            case POST ->
                UpstreamRequest.write("POST", collection(item), mediaType, withoutId(kept.content()))
                        .with(
                                "Idempotency-Key",
                                kept.facts().origin().deletionId().orElse(""));
        };
    }

    /** Empty where the answer does not tell. */
    Optional<String> newId(UpstreamAnswer answer) {
        return Optional.ofNullable(answer.headers().getFirst(HttpHeaders.LOCATION))
                .flatMap(ids::readLink)
                .or(() -> ids.readDocument(policy.wrap(), answer.body()));
    }

    /** The id is the upstream's to give. */
    private byte[] withoutId(byte[] content) {
        return switch (policy.id()) {
            case ItemId.Member member -> without(policy.wrap().append(member.place()), content);
            case ItemId.Href href -> content;
        };
    }

    private static byte[] without(Place id, byte[] content) {
        try {
            return JsonDocument.of(content).remove(id).bytes();
        } catch (MalformedJsonException notJson) {
            return content;
        }
    }

    private URI collection(UpstreamItem item) {
        String path = item.key().path(policy, policy.path());
        return URI.create(item.url().getScheme() + "://" + item.url().getRawAuthority() + path);
    }
}
