package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.tombstone.PurgeQueue.Backlog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Doubts a backlog that a wrong clock or a wrong policy may have made, until somebody confirms it. */
final class Plausibility {
    private final PurgeSettings settings;
    private final Map<String, Long> confirmed = new ConcurrentHashMap<>();

    Plausibility(PurgeSettings settings) {
        this.settings = settings;
    }

    /** Why so much cannot be believed; empty where it can. */
    Optional<String> doubt(String resource, Backlog backlog) {
        Optional<String> doubt = doubt(backlog);
        if (doubt.isEmpty()) {
            confirmed.remove(resource);
        }
        return doubt.filter(why -> backlog.due() > confirmed.getOrDefault(resource, 0L));
    }

    /** From here on up to so many due items of the resource are believed, until the backlog is small again. */
    void confirm(String resource, long due) {
        confirmed.put(resource, due);
    }

    private Optional<String> doubt(Backlog backlog) {
        if (backlog.due() > settings.stopAbove()) {
            return Optional.of(backlog.due() + " items are due, more than cenotaph.purge.stop-above ("
                    + settings.stopAbove() + ")");
        }
        boolean tooLarge =
                backlog.due() > settings.maxPerRun() && backlog.due() > settings.stopAboveShare() * backlog.all();
        return tooLarge
                ? Optional.of(backlog.due() + " of " + backlog.all()
                        + " items are due, a larger share than cenotaph.purge.stop-above-share ("
                        + settings.stopAboveShare() + ")")
                : Optional.empty();
    }
}
