package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.PolicyReload;
import dev.cenotaph.gateway.reload.Report;
import dev.cenotaph.policy.PolicyProblem;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Unknown, never down, where the files are not what is in force: the last good policies are, and a restart would find none,
 * so nobody is to restart or to drain a gateway for that.
 */
final class PoliciesHealth implements HealthIndicator {
    private static final int SHOWN = 20;

    private final PoliciesInForce policies;
    private final PolicyReload reload;

    PoliciesHealth(PoliciesInForce policies, PolicyReload reload) {
        this.policies = policies;
        this.reload = reload;
    }

    @Override
    public Health health() {
        Report last = reload.last();
        Health.Builder health = Health.status(last.outcome().isGood() ? Status.UP : Status.UNKNOWN)
                .withDetail("version", policies.get().set().version())
                .withDetail("since", policies.since().toString());
        if (!last.outcome().isGood()) {
            health.withDetail("files", last.outcome().name().toLowerCase(Locale.ROOT))
                    .withDetail(
                            "problems",
                            last.problems().stream()
                                    .limit(SHOWN)
                                    .map(PolicyProblem::toString)
                                    .toList());
        }
        return health.build();
    }
}
