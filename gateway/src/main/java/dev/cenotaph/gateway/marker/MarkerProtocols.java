package dev.cenotaph.gateway.marker;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerCodecs;

/** The marker protocol of each resource, made once for as long as its policy lives. */
public final class MarkerProtocols {
    // Weak keys compare by identity, which is what a policy is known by.
    private final LoadingCache<ResourcePolicy, MarkerProtocol> protocols =
            Caffeine.newBuilder().weakKeys().build(this::protocol);

    private final Tombstones tombstones;

    /** @param tombstones where snapshots are kept */
    public MarkerProtocols(Tombstones tombstones) {
        this.tombstones = tombstones;
    }

    public MarkerProtocol of(ResourcePolicy policy) {
        return protocols.get(policy);
    }

    private MarkerProtocol protocol(ResourcePolicy policy) {
        return switch (policy.marker()) {
            case Marker.ExtensionResource resource -> new SubResourceProtocol(resource);
            case Marker.Flag flag -> inItem(policy);
            case Marker.Timestamp timestamp -> inItem(policy);
            case Marker.Status status -> inItem(policy);
            case Marker.ExtensionList list -> inItem(policy);
            case Marker.Snapshot snapshot -> new SnapshotProtocol(policy, snapshot, tombstones);
        };
    }

    private static MarkerProtocol inItem(ResourcePolicy policy) {
        return new InItemProtocol(MarkerCodecs.of(policy), policy.write(), policy.marker());
    }
}
