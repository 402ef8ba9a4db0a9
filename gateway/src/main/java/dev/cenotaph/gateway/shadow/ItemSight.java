package dev.cenotaph.gateway.shadow;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.operation.TrashScope;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** An item's answer: gone, if its marker says so. */
final class ItemSight extends Sight {
    private final Optional<MarkerCodec> codec;
    private final TrashScope scope;
    private final boolean hasBody;
    private final int limit;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private HttpHeaders headers = HttpHeaders.EMPTY;

    ItemSight(ResourcePolicy policy, TrashScope scope, HttpMethod method, int limit) {
        this.codec = MarkerCodecs.inside(policy);
        this.scope = scope;
        this.hasBody = !method.equals(HttpMethod.HEAD);
        this.limit = limit;
    }

    @Override
    boolean begin(ServerHttpResponse response) {
        headers = response.getHeaders();
        boolean ok =
                response.getStatusCode() == null || response.getStatusCode().isSameCodeAs(HttpStatus.OK);
        if (codec.isPresent() && hasBody && ok && JsonBodies.isJson(headers)) {
            return true;
        }
        settle(otherwise());
        return false;
    }

    @Override
    void look(byte[] bytes) {
        if (held.size() + bytes.length > limit) {
            // What is longer passes unseen when the policy acts, too.
            settle(otherwise());
            held.reset();
        } else {
            held.writeBytes(bytes);
        }
    }

    @Override
    void end() {
        settle(ContentCoding.decoded(headers, held.toByteArray(), limit)
                .map(document -> judge(codec.orElseThrow().read(document)))
                .orElseGet(this::otherwise));
    }

    @Override
    void close() {
        held.reset();
    }

    private Outcome judge(MarkerReading reading) {
        return reading instanceof MarkerReading.Trashed
                ? scope.showsTrashed() ? Outcome.SAME : Outcome.GONE
                : otherwise();
    }

    /** For what is not seen to be trashed: whoever asks for trash alone is told that it is not there. */
    private Outcome otherwise() {
        return scope == TrashScope.ONLY ? Outcome.REFUSED : Outcome.SAME;
    }
}
