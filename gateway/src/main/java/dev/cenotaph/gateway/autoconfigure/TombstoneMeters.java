package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.Policies;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.policy.ResourcePolicy;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How much is in the trash, and how memory and store do, as meters. */
final class TombstoneMeters implements MeterBinder {
    private final StoredTombstones tombstones;
    private final Policies policies;

    TombstoneMeters(StoredTombstones tombstones, Policies policies) {
        this.tombstones = tombstones;
        this.policies = policies;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        policies.set().resources().stream()
                .map(ResourcePolicy::name)
                .forEach(resource -> Gauge.builder("cenotaph.tombstones", tombstones, held -> held.size(resource))
                        .tag("resource", resource)
                        .description("Items that answer gone")
                        .register(registry));
        FunctionCounter.builder("cenotaph.tombstones.hits", tombstones, StoredTombstones::hits)
                .description("Tombstones whose details were in memory when they were wanted")
                .register(registry);
        FunctionCounter.builder("cenotaph.tombstones.loads", tombstones, StoredTombstones::loads)
                .description("Tombstones whose details were read from the store when they were wanted")
                .register(registry);
        FunctionCounter.builder("cenotaph.store.failures", tombstones, StoredTombstones::failures)
                .description("Readings and changes that the store failed")
                .register(registry);
    }
}
