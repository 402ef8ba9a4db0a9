package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.shadow.Outcome;
import dev.cenotaph.gateway.shadow.ShadowCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** What policies in the mode {@code shadow} would have done, as meters. */
final class ShadowMeters implements MeterBinder {
    private final ShadowCounts counts;

    ShadowMeters(ShadowCounts counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counts.listen(new ShadowCounts.Listener() {
            @Override
            public void counting(String resource, String operation, Outcome outcome, DoubleSupplier count) {
                FunctionCounter.builder("cenotaph.shadow", count, DoubleSupplier::getAsDouble)
                        .tag("resource", resource)
                        .tag("operation", operation)
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .description("Requests by what a policy in shadow would have made of them")
                        .register(registry);
            }

            @Override
            public void countingRows(String resource, DoubleSupplier count) {
                FunctionCounter.builder("cenotaph.shadow.rows", count, DoubleSupplier::getAsDouble)
                        .tag("resource", resource)
                        .description("Rows that lists would have been without")
                        .register(registry);
            }
        });
    }
}
