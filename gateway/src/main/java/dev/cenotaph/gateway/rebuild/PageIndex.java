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

    @Override
    public void sawTrashed(String id, Optional<Instant> since) {
        trashed.put(id, since);
    }

    @Override
    public boolean sawLive(String id) {
        live.add(id);
        return false;
    }

    @Override
    public boolean isTrashed(String id) {
        hidden.add(id);
        return false;
    }
}
