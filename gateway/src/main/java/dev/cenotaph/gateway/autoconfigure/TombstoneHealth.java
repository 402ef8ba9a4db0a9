package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.tombstone.StoredTombstones;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Unknown, never down, where the store cannot be reached: what is trashed stays hidden without it, so nobody is to
 * restart or to drain a gateway for that.
 */
final class TombstoneHealth implements HealthIndicator {
    private final StoredTombstones tombstones;

    TombstoneHealth(StoredTombstones tombstones) {
        this.tombstones = tombstones;
    }

    @Override
    public Health health() {
        boolean reachable = tombstones.isReachable();
        return Health.status(reachable ? Status.UP : Status.UNKNOWN)
                .withDetail("tombstones", tombstones.size())
                .withDetail("store", reachable ? "reachable" : "unreachable")
                .withDetail("storeFailures", tombstones.failures())
                .build();
    }
}
