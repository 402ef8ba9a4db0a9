package dev.cenotaph.gateway.purge;

import dev.cenotaph.gateway.purge.PurgeReport.OfResource;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the runs of this process came to, for meters. */
public final class PurgeCounts {
    private final Map<Outcome, Long> outcomes = new ConcurrentHashMap<>();
    private volatile List<OfResource> latest = List.of();

    void ran(List<OfResource> resources) {
        latest = List.copyOf(resources);
        resources.forEach(resource ->
                resource.counts().forEach((outcome, count) -> outcomes.merge(outcome, count.longValue(), Long::sum)));
    }

    /** How many items came out so. */
    public long of(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How many items were due when the last run began. */
    public long due() {
        return latest.stream().mapToLong(resource -> resource.backlog().due()).sum();
    }

    /** Of how many resources nothing is purged, for whatever reason. */
    public long stopped() {
        return latest.stream()
                .filter(resource -> resource.obstacle().isPresent())
                .count();
    }
}
