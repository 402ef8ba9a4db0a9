package dev.cenotaph.gateway.tombstone;

import java.time.Instant;
import java.util.Optional;

/** What the store knows of a key. */
sealed interface Standing {

    /** Counts the changes of the key; 0 where none is known. */
    long version();

    /** No change of the key is later than this revision. */
    long revision();

    /** Nothing: no tombstone ever, or a forgotten one that was swept. */
    record Unknown(long revision) implements Standing {
        @Override
        public long version() {
            return 0;
        }
    }

    /** There was a tombstone. */
    record Forgotten(String deletionId, long version, long revision) implements Standing {}

    /**
     * There is a tombstone.
     *
     * @param leaseUntil until when it is the claimer's alone; empty in {@link Tombstone.State#TRASHED}
     */
    record Held(Tombstone tombstone, Optional<Instant> leaseUntil) implements Standing {
        @Override
        public long version() {
            return tombstone.version();
        }

        @Override
        public long revision() {
            return tombstone.revision();
        }

        /** Whether a gone answer is due. */
        boolean gone() {
            return tombstone.state() != Tombstone.State.PENDING;
        }

        boolean leased(Instant now) {
            return leaseUntil.filter(now::isBefore).isPresent();
        }
    }
}
