package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.admin.ShadowEndpoint;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.shadow.ShadowCounts;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** What an operator sees of our own store. */
@AutoConfiguration(after = CenotaphAutoConfiguration.class)
@ConditionalOnBean(StoredTombstones.class)
public class MonitoringAutoConfiguration {

    @Bean
    MeterBinder cenotaphTombstoneMeters(StoredTombstones tombstones, PoliciesInForce policies) {
        return new TombstoneMeters(tombstones, policies);
    }

    @Bean
    MeterBinder cenotaphShadowMeters(ShadowCounts counts) {
        return new ShadowMeters(counts);
    }

    @Bean
    ShadowEndpoint cenotaphShadowEndpoint(ShadowCounts counts) {
        return new ShadowEndpoint(counts);
    }

    /** Its name in the health endpoint: {@code cenotaph}. */
    @Bean
    HealthIndicator cenotaphHealthIndicator(StoredTombstones tombstones) {
        return new TombstoneHealth(tombstones);
    }
}
