package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.policy.ResourcePolicy;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How much is in the trash, and how memory and store do, as meters. */
final class TombstoneMeters implements MeterBinder {
    private final StoredTombstones tombstones;
    private final PoliciesInForce policies;

    TombstoneMeters(StoredTombstones tombstones, PoliciesInForce policies) {
        this.tombstones = tombstones;
        this.policies = policies;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MultiGauge ofResources = MultiGauge.builder("cenotaph.tombstones")
                .description("Items that answer gone")
                .register(registry);
        policies.follow(inForce -> ofResources.register(
                inForce.set().resources().stream()
                        .<MultiGauge.Row<?>>map(this::size)
                        .toList(),
                true));
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

    private MultiGauge.Row<?> size(ResourcePolicy policy) {
        return MultiGauge.Row.of(Tags.of("resource", policy.name()), () -> tombstones.size(policy.name()));
    }
}
