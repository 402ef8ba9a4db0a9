package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The claims that this process works on. Their leases are renewed for as long as it does. */
final class ClaimsAtWork {
    private final ConcurrentMap<ItemKey, Tombstone> claims = new ConcurrentHashMap<>();

    void took(Tombstone claim) {
        claims.put(claim.key(), claim);
    }

    /** @return whether it was still at work */
    boolean ended(Tombstone claim) {
        return claims.remove(claim.key(), claim);
    }

    List<Tombstone> all() {
        return List.copyOf(claims.values());
    }
}
