package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.admin.PoliciesEndpoint;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.PolicyReload;
import dev.cenotaph.gateway.reload.PolicyWatch;
import dev.cenotaph.gateway.reload.RoutesAhead;
import dev.cenotaph.gateway.tombstone.Tombstones;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Policy files that are taken over while requests flow. */
@AutoConfiguration(after = CenotaphAutoConfiguration.class)
@ConditionalOnBean(PoliciesInForce.class)
public class ReloadAutoConfiguration {

    /** As a plugin, the host has routes of its own: no way has to be made. */
    @Bean
    PolicyReload cenotaphPolicyReload(
            CenotaphProperties properties,
            PoliciesInForce policies,
            Tombstones tombstones,
            ObjectProvider<RoutesAhead> routes) {
        return new PolicyReload(
                new PolicyReload.Source(
                        properties.policies(),
                        System::getenv,
                        properties.mode(),
                        properties.reload().settle()),
                policies,
                resource -> tombstones.anyTrashed(resource) || !tombstones.isCurrent(),
                routes.getIfAvailable(() -> next -> {}),
                Clock.systemUTC());
    }

    @Bean(initMethod = "start")
    @ConditionalOnProperty(name = "cenotaph.reload.enabled", matchIfMissing = true)
    PolicyWatch cenotaphPolicyWatch(PolicyReload reload, CenotaphProperties properties) {
        return new PolicyWatch(reload, properties.reload().interval());
    }

    @Bean
    PoliciesEndpoint cenotaphPoliciesEndpoint(PoliciesInForce policies, PolicyReload reload) {
        return new PoliciesEndpoint(policies, reload);
    }

    @Bean
    MeterBinder cenotaphPoliciesMeters(PoliciesInForce policies, PolicyReload reload) {
        return new PoliciesMeters(policies, reload);
    }

    /** Its name in the health endpoint: {@code cenotaphPolicies}. */
    @Bean
    HealthIndicator cenotaphPoliciesHealthIndicator(PoliciesInForce policies, PolicyReload reload) {
        return new PoliciesHealth(policies, reload);
    }
}
