package dev.cenotaph.load.speed.upstream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What became of orders. An order that nothing happened to is live. */
final class OrderStates {
    private final Map<Integer, String> deletedAt = new ConcurrentHashMap<>();
    private final Set<Integer> gone = ConcurrentHashMap.newKeySet();

    boolean exists(int id) {
        return !gone.contains(id);
    }

    Optional<String> deletedAt(int id) {
        return Optional.ofNullable(deletedAt.get(id));
    }

    /** Deletes for good; whether it was there. */
    boolean delete(int id) {
        deletedAt.remove(id);
        return gone.add(id);
    }

    /** @param time of the deletion; none for a live order */
    void mark(int id, @Nullable String time) {
        if (time == null) {
            deletedAt.remove(id);
        } else {
            deletedAt.put(id, time);
        }
    }
}
