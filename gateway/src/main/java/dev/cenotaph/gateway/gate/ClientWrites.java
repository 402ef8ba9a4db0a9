package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.marker.ClientMarkerWrite;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Keeps out a client's own writes of the marker, where the policy refuses them. */
final class ClientWrites {
    private final int bodyLimit;

    ClientWrites(int bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    /** The exchange to go on with; fails with 422 for a write that trashes, and for one of which that cannot be told. */
    Mono<GovernedExchange> admit(GovernedExchange exchange) {
        if (exchange.policy().markerWrites() == MarkerWrites.LEARN) {
            return Mono.just(exchange);
        }
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit).flatMap(body -> {
            ClientMarkerWrite write = ClientMarkerWrite.read(
                    exchange.policy(), exchange.method(), exchange.header(HttpHeaders.CONTENT_TYPE), body);
            return switch (write.effect()) {
                case TRASHES ->
                    Mono.error(refused("The body sets the marker of a soft delete. Send a DELETE instead."));
                case UNREADABLE ->
                    Mono.error(refused("The body cannot be understood, so it cannot be told whether it sets the marker"
                            + " of a soft delete."));
                case REVIVES, SILENT -> Mono.just(exchange.withExchange(RequestBody.replay(exchange.exchange(), body)));
            };
        });
    }

    private static Failure refused(String detail) {
        return new Failure(Problem.of(422, "marker-write-refused", detail));
    }
}
