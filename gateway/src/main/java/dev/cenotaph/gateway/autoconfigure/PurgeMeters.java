package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.purge.PurgeCounts;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/** What the purge did, as meters. */
final class PurgeMeters implements MeterBinder {
    private final PurgeCounts counts;

    PurgeMeters(PurgeCounts counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            FunctionCounter.builder("cenotaph.purge.items", counts, purged -> purged.of(outcome))
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Items that a purge acted on")
                    .register(registry);
        }
        Gauge.builder("cenotaph.purge.due", counts, PurgeCounts::due)
                .description("Items that were due when the last run began")
                .register(registry);
        Gauge.builder("cenotaph.purge.stopped", counts, PurgeCounts::stopped)
                .description("Resources with a retention of which nothing is purged")
                .register(registry);
    }
}
