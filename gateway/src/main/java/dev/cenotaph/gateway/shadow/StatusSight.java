package dev.cenotaph.gateway.shadow;

import java.util.function.IntFunction;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** An answer whose status tells. */
final class StatusSight extends Sight {
    private final IntFunction<Outcome> told;

    StatusSight(IntFunction<Outcome> told) {
        this.told = told;
    }

    @Override
    boolean begin(ServerHttpResponse response) {
        settle(told.apply(
                response.getStatusCode() == null
                        ? 200
                        : response.getStatusCode().value()));
        return false;
    }

    @Override
    void look(byte[] bytes) {}

    @Override
    void end() {}

    @Override
    void close() {}
}
