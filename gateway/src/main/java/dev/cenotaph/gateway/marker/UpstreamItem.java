package dev.cenotaph.gateway.marker;

import dev.cenotaph.gateway.tombstone.Caller;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.net.URI;
import java.util.Optional;

/**
 * One item at the upstream, for one caller.
 *
 * @param url the item's URL
 * @param ifMatch the client's own {@code If-Match}, which the marker's write has to honour
 * @param caller who is to be known again as the one who trashed it
 */
public record UpstreamItem(
        ResourcePolicy policy,
        ItemKey key,
        URI url,
        CallerUpstream upstream,
        Optional<String> ifMatch,
        Optional<Caller> caller) {

    /** An item that nobody has to be known again for. */
    public UpstreamItem(
            ResourcePolicy policy, ItemKey key, URI url, CallerUpstream upstream, Optional<String> ifMatch) {
        this(policy, key, url, upstream, ifMatch, Optional.empty());
    }

    /** The item where its policy says that it lies; for calls that no request asks for. */
    public static UpstreamItem of(ResourcePolicy policy, ItemKey key, CallerUpstream upstream) {
        URI url = URI.create(policy.upstream() + key.path(policy, policy.item()));
        return new UpstreamItem(policy, key, url, upstream, Optional.empty());
    }
}
