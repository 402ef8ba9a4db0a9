package dev.cenotaph.policy.selection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The items that a request names. */
public sealed interface Selection {

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

        /** Whether it takes an item that was trashed then, by this caller, under this deletion. */
        public boolean takes(Instant deleteTime, Optional<String> by, String under) {
            return deletedBefore.filter(time -> !deleteTime.isBefore(time)).isEmpty()
                    && deletedAfter.filter(time -> !deleteTime.isAfter(time)).isEmpty()
                    && actor.filter(name -> !by.equals(Optional.of(name))).isEmpty()
                    && deletionId.filter(id -> !under.equals(id)).isEmpty();
        }
    }
}
