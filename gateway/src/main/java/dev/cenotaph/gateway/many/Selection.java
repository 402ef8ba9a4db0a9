package dev.cenotaph.gateway.many;

import dev.cenotaph.gateway.tombstone.Tombstone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The items that a request names. */
sealed interface Selection {

    /** By their ids, in the request's order, each once. */
    record Ids(List<String> ids) implements Selection {
        public Ids {
            ids = ids.stream().distinct().toList();
        }
    }

    /** What is in the trash and fits all that is given. */
    record Filter(
            Optional<Instant> deletedBefore,
            Optional<Instant> deletedAfter,
            Optional<String> actor,
            Optional<String> deletionId)
            implements Selection {

        boolean takes(Tombstone tombstone) {
            return deletedBefore
                            .filter(time -> !tombstone.deleteTime().isBefore(time))
                            .isEmpty()
                    && deletedAfter
                            .filter(time -> !tombstone.deleteTime().isAfter(time))
                            .isEmpty()
                    && actor.filter(name -> !tombstone.actor().equals(Optional.of(name)))
                            .isEmpty()
                    && deletionId
                            .filter(id -> !tombstone.deletionId().equals(id))
                            .isEmpty();
        }
    }
}
