package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.purge.PurgeReport.OfResource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Unknown, never down, where nothing is purged: nobody is to restart or to drain a gateway for that. */
final class PurgeHealth implements HealthIndicator {
    private final Purge purge;

    PurgeHealth(Purge purge) {
        this.purge = purge;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        purge.withoutCredentials()
                .forEach(resource -> health.status(Status.UNKNOWN).withDetail(resource, "no credentials"));
        purge.lastRun()
                .ifPresent(run -> run.resources().stream()
                        .filter(resource -> resource.obstacle().isPresent())
                        .forEach(resource -> stopped(health, resource)));
        return health.build();
    }

    private static void stopped(Health.Builder health, OfResource resource) {
        resource.obstacle()
                .ifPresent(obstacle -> health.status(Status.UNKNOWN).withDetail(resource.resource(), obstacle.why()));
    }
}
