package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.tombstone.Caller;
import java.util.List;

/** Who a caller is: his name where the host knows it, or else what he presents in the headers that count. */
public final class Callers {
    private final List<String> credentialHeaders;

    /** @param credentialHeaders which headers say who a caller is; all else of a request does not */
    public Callers(List<String> credentialHeaders) {
        this.credentialHeaders = List.copyOf(credentialHeaders);
    }

    /** Who sent this request. */
    public Caller of(GovernedExchange exchange) {
        return exchange.trace()
                .actor()
                .map(Caller::named)
                .orElseGet(() -> Caller.presenting(
                        credentialHeaders.stream().map(exchange::headers).toList()));
    }
}
