package dev.cenotaph.gateway.listing;

import dev.cenotaph.gateway.exchange.ContentCoding;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.listing.ListTrial.Standing;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.match.EmbeddedMatch;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** A trial of an answer that holds items of one other resource. */
public final class EmbeddedTrial implements Trial {
    private static final Standing OPEN = new Standing.Open();
    private static final Standing PASSES = new Standing.Passes();
    private static final Standing UNTOLD = new Standing.Untold();

    private final String method;
    private final List<EmbeddedMatch> embedded;
    private final Tombstones tombstones;
    private final ListLimits limits;
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private @Nullable Decoder decoder;

    /** @param embedded not empty, and of one resource */
    public EmbeddedTrial(String method, List<EmbeddedMatch> embedded, Tombstones tombstones, ListLimits limits) {
        this.method = method;
        this.embedded = List.copyOf(embedded);
        this.tombstones = tombstones;
        this.limits = limits;
    }

    @Override
    public Standing begin(ServerHttpResponse response) {
        boolean receipt = !method.equals("GET") && !JsonBodies.isJson(response.getHeaders());
        if (FilteredAnswer.hasNoRows(response) || receipt) {
            return PASSES;
        }
        if (!ContentCoding.isIdentity(response.getHeaders()) && !ContentCoding.isGzip(response.getHeaders())) {
            return UNTOLD;
        }
        Optional<String> obstacle =
                FilteredAnswer.obstacle(response, embedded.getFirst().policy().list());
        decoder = Decoder.of(response.getHeaders(), limits);
        return obstacle.map(this::unfilterable).orElse(OPEN);
    }

    @Override
    public Standing feed(byte[] chunk) {
        if (decoder == null) {
            return UNTOLD;
        }
        try {
            decoder.feed(chunk, document::writeBytes);
            return document.size() > limits.heldBytes()
                    ? closed(unfilterable("it is longer than " + limits.heldBytes() + " bytes"))
                    : OPEN;
        } catch (UnfilterableListException e) {
            return closed(unfilterable(e.why()));
        }
    }

    @Override
    public Standing finish() {
        try {
            boolean hides = EmbeddedAnswer.hidden(document.toByteArray(), embedded, tombstones)
                    .isPresent();
            return closed(new Standing.Filtered(hides ? 1 : 0));
        } catch (UnfilterableListException e) {
            return closed(unfilterable(e.why()));
        }
    }

    private Standing unfilterable(String why) {
        return EmbeddedAnswer.mayPass(embedded) ? PASSES : new Standing.Unfilterable(why);
    }

    @Override
    public void close() {
        document.reset();
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    private Standing closed(Standing standing) {
        close();
        return standing;
    }
}
