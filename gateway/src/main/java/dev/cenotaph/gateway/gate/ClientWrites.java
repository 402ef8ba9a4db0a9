package dev.cenotaph.gateway.gate;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.marker.ClientMarkerWrite;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Finds a client's own writes of the marker, and keeps them out where the policy refuses them. */
final class ClientWrites {
    private static final byte[] NOT_READ = {};

    private final int bodyLimit;

    ClientWrites(int bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    /**
     * A write that may go on.
     *
     * @param exchange to go on with, its body as it was
     * @param body as it came, where it was read
     * @param effect of the body on the marker, as far as it can be told
     */
    record Admitted(GovernedExchange exchange, byte[] body, Effect effect) {}

    /** Fails with 422 where the policy refuses a write that trashes, and one of which that cannot be told. */
    Mono<Admitted> admit(GovernedExchange exchange) {
        boolean refuses = exchange.policy().markerWrites() == MarkerWrites.REFUSE;
        if (!refuses && !isJson(exchange)) {
            return Mono.just(new Admitted(exchange, NOT_READ, Effect.UNREADABLE));
        }
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit).map(body -> {
            var replayed = exchange.withExchange(RequestBody.replay(exchange.exchange(), body));
            var admitted = new Admitted(replayed, body, effect(exchange, body));
            return refuses ? unlessRefused(admitted) : admitted;
        });
    }

    private Effect effect(GovernedExchange exchange, byte[] body) {
        HttpHeaders headers = exchange.exchange().getRequest().getHeaders();
        return ContentCoding.decoded(headers, body, bodyLimit)
                .map(plain -> ClientMarkerWrite.read(
                                exchange.policy(), exchange.method(), exchange.header(HttpHeaders.CONTENT_TYPE), plain)
                        .effect())
                .orElse(Effect.UNREADABLE);
    }

    /** A body of another type was not taken in before, and is none that could be read. */
    private static boolean isJson(GovernedExchange exchange) {
        HttpHeaders headers = exchange.exchange().getRequest().getHeaders();
        return headers.getFirst(HttpHeaders.CONTENT_TYPE) == null || JsonBodies.isJson(headers);
    }

    private static Admitted unlessRefused(Admitted admitted) {
        return switch (admitted.effect()) {
            case TRASHES -> throw refused("The body sets the marker of a soft delete. Send a DELETE instead.");
            case UNREADABLE ->
                throw refused("The body cannot be understood, so it cannot be told whether it sets the marker"
                        + " of a soft delete.");
            case REVIVES, SILENT -> admitted;
        };
    }

    private static Failure refused(String detail) {
        return new Failure(Problem.of(422, "marker-write-refused", detail));
    }
}
