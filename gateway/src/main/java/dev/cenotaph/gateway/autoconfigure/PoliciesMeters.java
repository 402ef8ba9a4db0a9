package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.reload.PolicyReload;
import dev.cenotaph.gateway.reload.Report.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;

/** Which policies are in force, and what came of looks at their files, as meters. */
final class PoliciesMeters implements MeterBinder {
    private final PoliciesInForce policies;
    private final PolicyReload reload;

    PoliciesMeters(PoliciesInForce policies, PolicyReload reload) {
        this.policies = policies;
        this.reload = reload;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            FunctionCounter.builder("cenotaph.policies.reloads", reload, looks -> looks.count(outcome))
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Looks at the policy files that saw something new")
                    .register(registry);
        }
        Gauge.builder(
                        "cenotaph.policies.stale",
                        reload,
                        looks -> looks.last().outcome().isGood() ? 0 : 1)
                .description("1 where the policy files are not what is in force")
                .register(registry);
        Gauge.builder(
                        "cenotaph.policies.since",
                        policies,
                        inForce -> inForce.since().getEpochSecond())
                .baseUnit("seconds")
                .description("Since when the policies are in force, in seconds since 1970")
                .register(registry);
        MultiGauge version = MultiGauge.builder("cenotaph.policies.version")
                .description("1 for the policy set in force")
                .register(registry);
        policies.follow(inForce -> version.register(
                List.of(MultiGauge.Row.of(Tags.of("version", inForce.set().version()), () -> 1)), true));
    }
}
