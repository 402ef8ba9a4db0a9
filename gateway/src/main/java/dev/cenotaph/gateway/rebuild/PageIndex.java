package dev.cenotaph.gateway.rebuild;

import dev.cenotaph.gateway.listing.IndexView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes down what the rows of one page show. */
final class PageIndex implements IndexView {
    private final Map<String, Optional<Instant>> trashed = new LinkedHashMap<>();
    private final Set<String> live = new LinkedHashSet<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private long told;

    /** Ids seen trashed, and since when. */
    Map<String, Optional<Instant>> trashed() {
        return trashed;
    }

    Set<String> live() {
        return live;
    }

    /** Ids whose rows do not show the marker. */
    Set<String> hidden() {
        return hidden;
    }

    /** How many rows told which item they are. */
    long told() {
        return told;
    }

    @Override
    public void sawTrashed(String id, Optional<Instant> since) {
        told++;
        trashed.put(id, since);
    }

    @Override
    public boolean sawLive(String id) {
        told++;
        live.add(id);
        return false;
    }

    @Override
    public boolean isTrashed(String id) {
        told++;
        hidden.add(id);
        return false;
    }
}
