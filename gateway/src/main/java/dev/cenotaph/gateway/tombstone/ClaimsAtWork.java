package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claims that this process works on. Their leases are renewed for as long as it does. */
final class ClaimsAtWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimsAtWork.class);
    private static final int RENEWALS_IN_A_LEASE = 3;

    private final TombstoneStore store;
    private final Clock clock;
    private final Duration lease;
    private final ConcurrentMap<ItemKey, Tombstone> claims = new ConcurrentHashMap<>();
    private final Thread renewal = Thread.ofVirtual().name("tombstone-leases").unstarted(this::renewAll);

    ClaimsAtWork(TombstoneStore store, Clock clock, Duration lease) {
        this.store = store;
        this.clock = clock;
        this.lease = lease;
    }

    /** Begins to renew. */
    void start() {
        renewal.start();
    }

    void took(Tombstone claim) {
        claims.put(claim.key(), claim);
    }

    /** Answers whether it was still at work. */
    boolean ended(Tombstone claim) {
        return claims.remove(claim.key(), claim);
    }

    @Override
    public void close() {
        renewal.interrupt();
    }

    private void renewAll() {
        try {
            while (true) {
                Thread.sleep(lease.dividedBy(RENEWALS_IN_A_LEASE));
                renew(List.copyOf(claims.values()));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be renewed runs out: others cannot take it over before they reach the store. */
    private void renew(List<Tombstone> atWork) {
        if (atWork.isEmpty()) {
            return;
        }
        try {
            store.lease(atWork, clock.instant().plus(lease));
        } catch (StoreUnavailableException unavailable) {
            LOG.warn("{} leases could not be renewed: {}", atWork.size(), unavailable.toString());
        }
    }
}
