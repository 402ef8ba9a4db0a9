package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/** Says which store cannot be opened, and why. */
public final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreUnavailableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreUnavailableException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ": " + NestedExceptionUtils.getMostSpecificCause(cause),
                "Let the gateway write there, or point cenotaph.store.url elsewhere.",
                cause);
    }
}
