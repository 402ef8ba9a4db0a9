package dev.cenotaph.gateway.restore;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.RequestBody;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.marker.ClientMarkerWrite;
import dev.cenotaph.policy.marker.ClientMarkerWrite.Effect;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** The PATCH of a trashed item that restores it: its body holds the marker's live value and nothing else. */
final class RestoringPatch {
    private final int bodyLimit;

    RestoringPatch(int bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    /** The status that the client names, for a restore that cannot know it otherwise; fails with 422 for another body. */
    Mono<Optional<String>> statedValue(GovernedExchange exchange) {
        return RequestBody.read(exchange.exchange().getRequest(), bodyLimit).flatMap(body -> {
            ClientMarkerWrite write =
                    ClientMarkerWrite.read(exchange.policy(), "PATCH", exchange.header(HttpHeaders.CONTENT_TYPE), body);
            return write.effect() == Effect.REVIVES && write.alone()
                    ? Mono.just(status(exchange.policy(), body))
                    : Mono.error(new Failure(Problem.of(
                            422,
                            "not-a-restore",
                            "A trashed item takes one change alone: its marker's live value. POST to its restore URL"
                                    + " does the same.")));
        });
    }

    private static Optional<String> status(ResourcePolicy policy, byte[] body) {
        if (!(policy.marker() instanceof Marker.Status status) || status.live().isPresent()) {
            return Optional.empty();
        }
        Place place = policy.wrap().append(status.place());
        return JsonSpan.of(body)
                .find(place)
                .filter(value -> value.kind() != JsonSpan.Kind.NULL)
                .map(JsonSpan::json);
    }
}
