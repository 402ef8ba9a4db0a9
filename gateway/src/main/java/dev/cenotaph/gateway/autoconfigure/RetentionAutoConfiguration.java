package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.admin.GovernedPaths;
import dev.cenotaph.gateway.admin.HoldsEndpoint;
import dev.cenotaph.gateway.admin.PurgeEndpoint;
import dev.cenotaph.gateway.admin.RebuildEndpoint;
import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionTurns;
import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.purge.PurgeSchedule;
import dev.cenotaph.gateway.purge.PurgeSettings;
import dev.cenotaph.gateway.purge.PurgeWorld;
import dev.cenotaph.gateway.rebuild.ChildPages;
import dev.cenotaph.gateway.rebuild.Rebuild;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.tombstone.CascadeLog;
import dev.cenotaph.gateway.tombstone.Holds;
import dev.cenotaph.gateway.tombstone.PurgeQueue;
import dev.cenotaph.gateway.tombstone.Rebuilds;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.PolicySet;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Purges, holds and rebuilds: what needs our own store. */
@AutoConfiguration(after = CenotaphAutoConfiguration.class)
@ConditionalOnBean(StoredTombstones.class)
public class RetentionAutoConfiguration {
    private static final Duration LONGEST_RETRY = Duration.ofHours(6);
    private static final Duration CASCADE_LEASE = Duration.ofSeconds(30);
    private static final Duration REBUILD_LEASE = Duration.ofMinutes(1);

    @Bean
    Purge cenotaphPurge(
            CenotaphProperties properties,
            PoliciesInForce policies,
            StoredTombstones tombstones,
            Cascades cascades,
            UpstreamClient upstreams) {
        CenotaphProperties.Purge purge = properties.purge();
        return new Purge(
                new PurgeWorld(
                        tombstones,
                        new PurgeQueue(tombstones),
                        new MarkerProtocols(tombstones),
                        cascades,
                        Clock.systemUTC(),
                        System::nanoTime),
                upstreams,
                inForce(policies),
                new PurgeSettings(
                        purge.maxPerRun(),
                        purge.stopAbove(),
                        purge.stopAboveShare(),
                        purge.dryRun(),
                        properties.store().lease(),
                        purge.interval(),
                        LONGEST_RETRY));
    }

    @Bean(initMethod = "start")
    PurgeSchedule cenotaphPurgeSchedule(Purge purge, CenotaphProperties properties) {
        return new PurgeSchedule(purge, properties.purge().interval());
    }

    @Bean(initMethod = "start")
    Rebuild cenotaphRebuild(
            CenotaphProperties properties,
            PoliciesInForce policies,
            StoredTombstones tombstones,
            UpstreamClient upstreams) {
        return new Rebuild(
                new Rebuilds(tombstones, UUID.randomUUID().toString(), REBUILD_LEASE),
                tombstones,
                upstreams,
                inForce(policies),
                properties.rebuild().rate(),
                REBUILD_LEASE.dividedBy(4),
                Clock.systemUTC());
    }

    @Bean(initMethod = "start")
    Cascades cenotaphCascades(
            CenotaphProperties properties,
            PoliciesInForce policies,
            StoredTombstones tombstones,
            OpenClaims openClaims,
            ItemTurns turns,
            RevisionTurns revisionTurns,
            UpstreamClient upstreams) {
        return new Cascades(
                new CascadeLog(tombstones, UUID.randomUUID().toString(), CASCADE_LEASE),
                tombstones,
                openClaims,
                turns,
                revisionTurns,
                upstreams,
                new ChildPages(),
                inForce(policies),
                properties.cascade().patience(),
                properties.recovery().interval(),
                Clock.systemUTC());
    }

    @Bean
    PurgeEndpoint cenotaphPurgeEndpoint(Purge purge) {
        return new PurgeEndpoint(purge);
    }

    @Bean
    HoldsEndpoint cenotaphHoldsEndpoint(StoredTombstones tombstones, PoliciesInForce policies) {
        return new HoldsEndpoint(
                new Holds(tombstones), paths(policies), () -> policies.get().set());
    }

    @Bean
    RebuildEndpoint cenotaphRebuildEndpoint(Rebuild rebuild, PoliciesInForce policies) {
        return new RebuildEndpoint(rebuild, paths(policies));
    }

    @Bean
    MeterBinder cenotaphPurgeMeters(Purge purge) {
        return new PurgeMeters(purge.counts());
    }

    /** Its name in the health endpoint: {@code cenotaphPurge}. */
    @Bean
    HealthIndicator cenotaphPurgeHealthIndicator(Purge purge) {
        return new PurgeHealth(purge);
    }

    private static GovernedPaths paths(PoliciesInForce policies) {
        return new GovernedPaths(
                () -> policies.get().set(), () -> policies.get().matcher());
    }

    private static Supplier<PolicySet> inForce(PoliciesInForce policies) {
        return () -> policies.get().set();
    }
}
