package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;

/** A claim was settled that is no longer the claimer's: its lease ran out and another took over. Nothing was changed. */
public final class StaleClaimException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StaleClaimException(ItemKey key, long version) {
        super("Version " + version + " of the tombstone of " + key + " does not stand any more");
    }
}
